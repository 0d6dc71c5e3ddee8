package dev.evenkeel.server.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Files of lines: one for each part, or one for all. Each page is a gzip member of its own, which every reader of gzip takes
 * as one text, so a file can be cut at a page's end and go on there. A mark is the file's length.
 */
final class FilesSink implements Sink {
    private final List<Output> outputs; // of each part

    private FilesSink(List<Output> outputs) {
        this.outputs = outputs;
    }

    /**
     * Opens files where the parts' marks say, and cuts off what is behind.
     *
     * @param files of each part
     * @param head what each file begins with; may be empty
     * @throws TransferException when another process writes them
     */
    static FilesSink open(List<Path> files, List<PartState> parts, String head) throws IOException {
        var lengths = new LinkedHashMap<Path, Long>();
        for (int part = 0; part < files.size(); part++) {
            String mark = parts.get(part).mark();
            lengths.merge(files.get(part), mark.isEmpty() ? 0 : Long.parseLong(mark), Math::max);
        }
        var opened = new LinkedHashMap<Path, Output>();
        try {
            for (Map.Entry<Path, Long> file : lengths.entrySet()) {
                opened.put(file.getKey(), Output.open(file.getKey(), file.getValue(), head));
            }
        } catch (IOException | RuntimeException e) {
            for (Output output : opened.values()) {
                output.close();
            }
            throw e;
        }
        var outputs = new ArrayList<Output>();
        for (Path file : files) {
            outputs.add(Objects.requireNonNull(opened.get(file)));
        }
        return new FilesSink(List.copyOf(outputs));
    }

    @Override
    public Taken take(int part, List<JsonLine> items) throws IOException {
        Output output = outputs.get(part);
        var text = new ByteArrayOutputStream();
        for (JsonLine line : items) {
            text.writeBytes(line.document());
            text.write('\n');
        }
        byte[] bytes = items.isEmpty() ? new byte[0] : output.packed(text.toByteArray());
        return () -> Long.toString(output.append(bytes));
    }

    @Override
    public void force() throws IOException {
        for (Output output : outputs) {
            output.force();
        }
    }

    @Override
    public void close() throws IOException {
        for (Output output : outputs) {
            output.close();
        }
    }

    /** One file that is appended to; used in the transfer's lock. */
    private static final class Output {
        private final Path path;
        private final FileChannel channel;
        private long length;
        private long forced = -1;

        private Output(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        static Output open(Path path, long length, String head) throws IOException {
            var output = new Output(path, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            try {
                output.begin(length, head);
                return output;
            } catch (IOException | RuntimeException e) {
                output.close();
                throw e;
            }
        }

        private void begin(long expected, String head) throws IOException {
            lock();
            if (channel.size() < expected) {
                throw new TransferException(path + " is shorter than it was: delete it and its state to begin anew");
            }
            channel.truncate(expected);
            length = expected;
            if (expected == 0) {
                append(packed(head.getBytes(StandardCharsets.UTF_8)));
            }
        }

        private void lock() throws IOException {
            try {
                @Nullable FileLock held = channel.tryLock();
                if (held != null) {
                    return; // until the channel is closed
                }
            } catch (OverlappingFileLockException _) {
                // told below
            }
            throw new TransferException(path + " is being written by another export");
        }

        byte[] packed(byte[] text) throws IOException {
            if (!InputFile.isCompressed(path)) {
                return text;
            }
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                gzip.write(text);
            }
            return packed.toByteArray();
        }

        long append(byte[] bytes) throws IOException {
            var buffer = ByteBuffer.wrap(bytes);
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer, length + buffer.position());
                }
            } catch (IOException e) {
                throw new TransferException("The file " + path + " cannot be written: " + e.getMessage(), e);
            }
            length += bytes.length;
            return length;
        }

        void force() throws IOException {
            if (forced != length) {
                channel.force(false);
                forced = length;
            }
        }

        void close() throws IOException {
            channel.close();
        }
    }
}
