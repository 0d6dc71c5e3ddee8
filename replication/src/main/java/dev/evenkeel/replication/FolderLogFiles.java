package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The real thing. */
record FolderLogFiles(Path folder) implements LogFiles {
    /** How the systems we run on say it; Java has no exception for it. */
    private static final Set<String> FULL =
            Set.of("No space left on device", "Disk quota exceeded", "There is not enough space on the disk");

    @Override
    public List<String> list() throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> Objects.requireNonNull(path.getFileName()).toString())
                    .toList();
        }
    }

    @Override
    public LogFile create(String name) throws IOException {
        return channel(
                name,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    @Override
    public LogFile open(String name) throws IOException {
        return channel(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private LogFile channel(String name, StandardOpenOption... options) throws IOException {
        var path = folder.resolve(name);
        try {
            return new ChannelFile(path, FileChannel.open(path, options));
        } catch (IOException e) {
            throw translated(e);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(folder.resolve(name));
    }

    @Override
    public void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            if (!System.getProperty("os.name", "").startsWith("Windows")) { // which cannot open a folder, nor needs to
                throw e;
            }
        }
    }

    private static IOException translated(IOException e) {
        var message = e.getMessage();
        for (var text : FULL) {
            if (message != null && message.contains(text)) {
                var full = new NoSpaceException(message);
                full.initCause(e);
                return full;
            }
        }
        return e;
    }

    private record ChannelFile(Path file, FileChannel channel) implements LogFile {
        @Override
        public String path() {
            return file.toString();
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            try {
                return channel.write(source, position);
            } catch (IOException e) {
                throw translated(e);
            }
        }

        @Override
        public void sync() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
