package dev.evenkeel.verify.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What Linux tells about processes under {@code /proc} (proc(5)): who listens on a port, and how much processor time a
 * process has used. Everything answers "unknown" on other systems and for processes of other users.
 */
final class ProcessTable {
    /** The unit of the times in {@code stat}: USER_HZ, 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final String STATE_LISTEN = "0A";

    // columns of /proc/net/tcp, split at white space
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    // fields of /proc/PID/stat behind the command name, which may itself hold spaces and parentheses
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    private final Path root;

    /** @param root {@code /proc}, or a copy of it */
    ProcessTable(Path root) {
        this.root = root;
    }

    static ProcessTable system() {
        return new ProcessTable(Path.of("/proc"));
    }

    /** The process that listens on a TCP port of this machine. */
    OptionalLong listener(int port) {
        var inodes = new HashSet<>(listeningInodes(read(root.resolve("net/tcp")).orElse(""), port));
        inodes.addAll(listeningInodes(read(root.resolve("net/tcp6")).orElse(""), port));
        return inodes.isEmpty() ? OptionalLong.empty() : owner(inodes);
    }

    static Set<String> listeningInodes(String table, int port) {
        var suffix = String.format(":%04X", port);
        var inodes = new HashSet<String>();
        table.lines().skip(1).map(line -> line.trim().split("\\s+")).forEach(columns -> {
            if (columns.length > INODE
                    && columns[STATE].equals(STATE_LISTEN)
                    && columns[LOCAL_ADDRESS].endsWith(suffix)) {
                inodes.add(columns[INODE]);
            }
        });
        return inodes;
    }

    private OptionalLong owner(Set<String> inodes) {
        var links = new HashSet<String>();
        inodes.forEach(inode -> links.add("socket:[" + inode + "]"));
        try (var processes = Files.newDirectoryStream(root, "[0-9]*")) {
            for (var process : processes) {
                if (holds(process.resolve("fd"), links)) {
                    return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException e) {
            return OptionalLong.empty(); // no such file system here
        }
        return OptionalLong.empty();
    }

    private static boolean holds(Path descriptors, Set<String> links) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
            for (var file : files) {
                if (Files.isSymbolicLink(file)
                        && links.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // gone in the meantime, or another user's
        }
        return false;
    }

    /** Seconds of processor time, in user and in kernel mode, all threads, since the process began. */
    OptionalDouble cpuSeconds(long pid) {
        return read(root.resolve(Long.toString(pid)).resolve("stat"))
                .map(ProcessTable::cpuSeconds)
                .orElse(OptionalDouble.empty());
    }

    static OptionalDouble cpuSeconds(String stat) {
        var fields = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        if (fields.length <= SYSTEM_TIME) {
            return OptionalDouble.empty();
        }
        long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        return OptionalDouble.of(ticks / TICKS_PER_SECOND);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
