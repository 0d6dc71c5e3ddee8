package dev.evenkeel.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A node of a sample cluster: a folder with its configuration, what it printed, and the id of its process. */
record SampleNode(String id, Path folder) {
    static final String CONFIG_FILE = "node.yaml";

    Path configFile() {
        return folder.resolve(CONFIG_FILE);
    }

    Path logFile() {
        return folder.resolve("node.log");
    }

    private Path processFile() {
        return folder.resolve("pid");
    }

    NodeConfig config() {
        return NodeConfig.read(configFile());
    }

    /** Its process, if it runs. */
    Optional<NodeProcess> process() {
        try {
            long pid = Long.parseLong(Files.readString(processFile()).strip());
            return NodeProcess.find(pid, configFile());
        } catch (NoSuchFileException | NumberFormatException _) {
            return Optional.empty(); // never started, or the file was cut short
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, which it must not be yet. */
    NodeProcess start(List<String> program) throws IOException {
        NodeProcess process = NodeProcess.start(program, configFile(), logFile());
        Files.writeString(processFile(), process.pid() + "\n");
        return process;
    }

    /** How long the log is; what a process prints comes behind it. */
    long logBytes() throws IOException {
        return Files.exists(logFile()) ? Files.size(logFile()) : 0;
    }

    /** The endpoint that a process has told, once it is ready. */
    Optional<String> endpointTold(long logBytesBefore) throws IOException {
        String ready = NodeCommand.readyLine(config(), "");
        return logSince(logBytesBefore)
                .filter(line -> line.startsWith(ready))
                .map(line -> line.substring(ready.length()))
                .findFirst();
    }

    /** The last lines of the log. */
    List<String> logEnd(int lines) throws IOException {
        List<String> all = Files.exists(logFile()) ? logSince(0).toList() : List.of();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }

    private Stream<String> logSince(long bytes) throws IOException {
        try (var in = Files.newInputStream(logFile())) {
            in.skipNBytes(bytes);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
        }
    }
}
