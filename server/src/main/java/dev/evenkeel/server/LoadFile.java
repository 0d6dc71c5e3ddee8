package dev.evenkeel.server;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file named on the command line, and the table its items are for.
 *
 * @param table the table that items belong to before the file itself names one
 */
record LoadFile(Path path, String table) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final String COMPRESSED = ".gz";

    /** Reads {@code TABLE=FILE} or {@code FILE}. */
    static LoadFile parse(String argument) {
        int equals = argument.indexOf('=');
        String file = argument.substring(equals + 1);
        Path path = Path.of(file);
        if (!Files.isRegularFile(path)) {
            throw new StartException("There is no file " + path + " to load", null);
        }
        return new LoadFile(path, equals > 0 ? argument.substring(0, equals) : stem(path.getFileName()));
    }

    /** The name up to its first dot. */
    private static String stem(@Nullable Path name) {
        String text = String.valueOf(name);
        int dot = text.indexOf('.');
        return dot < 0 ? text : text.substring(0, dot);
    }

    long bytes() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    /** The lines' bytes, decompressed. @param readTo told how much of the file has been read */
    InputStream open(LongConsumer readTo) {
        try {
            var raw = new Counting(Files.newInputStream(path), readTo);
            boolean compressed = path.toString().endsWith(COMPRESSED);
            return new BufferedInputStream(compressed ? new GZIPInputStream(raw, BUFFER_BYTES) : raw, BUFFER_BYTES);
        } catch (IOException e) {
            throw problem(e);
        }
    }

    StartException problem(IOException e) {
        String reason = switch (e) {
            case NoSuchFileException _ -> "it is not there any more";
            case AccessDeniedException _ -> "no permission";
            default -> String.valueOf(e.getMessage());
        };
        return new StartException("The file " + path + " cannot be read: " + reason, e);
    }

    private static final class Counting extends FilterInputStream {
        private final LongConsumer readTo;
        private long count;

        Counting(InputStream in, LongConsumer readTo) {
            super(in);
            this.readTo = readTo;
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
                count += read;
                readTo.accept(count);
            }
        }
    }
}
