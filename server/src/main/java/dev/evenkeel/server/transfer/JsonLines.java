package dev.evenkeel.server.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a file that have something on them. For one thread. */
public final class JsonLines implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final String origin;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private int number;

    /** @param origin what to call the file */
    public JsonLines(String origin, InputStream in) {
        this.origin = origin;
        this.in = in;
    }

    /** The next line that is not empty; null at the end. */
    public @Nullable JsonLine next() throws IOException {
        for (byte[] line = nextRaw(); line != null; line = nextRaw()) {
            number++;
            byte[] document = stripped(line);
            if (document.length > 0) {
                return new JsonLine(origin, number, document);
            }
        }
        return null;
    }

    private byte @Nullable [] nextRaw() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            if (at == end && !fill()) {
                return line.size() == 0 ? null : line.toByteArray();
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, from, at - from);
            if (at < end) {
                at++;
                return line.toByteArray();
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private static byte[] stripped(byte[] line) {
        int from = 0;
        int to = line.length;
        while (from < to && isSpace(line[from])) {
            from++;
        }
        while (to > from && isSpace(line[to - 1])) {
            to--;
        }
        return Arrays.copyOfRange(line, from, to);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
