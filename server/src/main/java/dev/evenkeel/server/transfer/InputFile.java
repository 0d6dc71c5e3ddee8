package dev.evenkeel.server.transfer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** A file of lines, which may be compressed with gzip: then it is called {@code *.gz}. */
public record InputFile(Path path) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String COMPRESSED = ".gz";

    static boolean isCompressed(Path path) {
        return path.toString().endsWith(COMPRESSED);
    }

    public long bytes() throws IOException {
        return Files.size(path);
    }

    /**
     * Its lines, decompressed.
     *
     * @param more told how many bytes more of the file have been read
     */
    public JsonLines open(LongConsumer more) throws IOException {
        InputStream raw = new Counting(Files.newInputStream(path), more);
        try {
            boolean compressed = isCompressed(path) && bytes() > 0; // AWS says that files of no items are empty
            return new JsonLines(path.toString(), compressed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** One line for the person who named the file. */
    public String problem(IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "it is not there any more";
            case AccessDeniedException _ -> "no permission";
            default -> String.valueOf(e.getMessage());
        };
        return "The file " + path + " cannot be read: " + reason;
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer more;

        Counting(InputStream in, LongConsumer more) {
            super(in);
            this.more = more;
        }

        @Override
        public int read() throws IOException {
            int single = super.read();
            count(single < 0 ? 0 : 1);
            return single;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = super.read(to, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            if (read > 0) {
                more.accept(read);
            }
        }
    }
}
