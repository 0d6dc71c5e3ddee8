package dev.evenkeel.verify.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of an HTTP/1.1 response in bytes that arrive in any pieces, looking at as little of it as that takes: the
 * status, the framing (Content-Length or chunked, RFC 9112 section 6) and the first bytes of the body. For one thread.
 */
final class ResponseScanner {
    /** Enough for an error's message; a benchmark looks at nothing else in a body. */
    static final int BODY_START_BYTES_MAX = 512;

    private static final int LINE_BYTES_MAX = 256; // longer header lines are cut: none of those we read is long
    private static final int HEX = 16;

    private enum State {
        STATUS_LINE,
        HEADER,
        FIXED_BODY,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER,
        COMPLETE
    }

    private final byte[] line = new byte[LINE_BYTES_MAX];
    private final byte[] bodyStart = new byte[BODY_START_BYTES_MAX];

    private State state = State.STATUS_LINE;
    private int lineLength;
    private int status;
    private long bodyBytes;
    private long remaining;
    private boolean chunked;
    private boolean closes;

    /** Makes it ready for the next response. */
    void reset() {
        state = State.STATUS_LINE;
        lineLength = 0;
        bodyBytes = 0;
        startHeaders();
    }

    private void startHeaders() {
        remaining = -1;
        chunked = false;
        closes = false;
    }

    /**
     * Reads on. Bytes behind the response's end are left in the buffer.
     *
     * @return whether the response is complete
     * @throws BenchException when this is not an HTTP/1.1 response that says where it ends
     */
    boolean feed(ByteBuffer in) {
        while (state != State.COMPLETE && in.hasRemaining()) {
            switch (state) {
                case FIXED_BODY -> {
                    body(in);
                    if (remaining == 0) {
                        state = State.COMPLETE;
                    }
                }
                case CHUNK_DATA -> {
                    body(in);
                    if (remaining == 0) {
                        state = State.CHUNK_END;
                    }
                }
                default -> {
                    byte next = in.get();
                    if (next == '\n') {
                        endLine();
                    } else if (next != '\r' && lineLength < LINE_BYTES_MAX) {
                        line[lineLength++] = next;
                    }
                }
            }
        }
        return state == State.COMPLETE;
    }

    private void body(ByteBuffer in) {
        int count = (int) Math.min(remaining, in.remaining());
        if (bodyBytes < BODY_START_BYTES_MAX) {
            int kept = (int) Math.min(count, BODY_START_BYTES_MAX - bodyBytes);
            in.get(in.position(), bodyStart, (int) bodyBytes, kept);
        }
        in.position(in.position() + count);
        bodyBytes += count;
        remaining -= count;
    }

    private void endLine() {
        switch (state) {
            case STATUS_LINE -> statusLine();
            case HEADER -> header();
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                if (lineLength == 0) {
                    state = State.COMPLETE;
                }
            }
            case FIXED_BODY, CHUNK_DATA, COMPLETE -> throw new IllegalStateException("no line ends in " + state);
        }
        lineLength = 0;
    }

    private void statusLine() {
        var text = lineText();
        int space = text.indexOf(' ');
        if (!text.startsWith("HTTP/1.") || text.length() < space + 4) {
            throw new BenchException("not an HTTP/1.1 response: '" + text + "'");
        }
        status = number(text.substring(space + 1, space + 4), 10);
        state = State.HEADER;
    }

    private void header() {
        if (lineLength == 0) {
            endHeaders();
            return;
        }
        if (nameIs("content-length:")) {
            remaining = number(lineText().substring("content-length:".length()).trim(), 10);
        } else if (nameIs("transfer-encoding:")) {
            chunked = lineText().toLowerCase(Locale.ROOT).contains("chunked");
        } else if (nameIs("connection:")) {
            closes = lineText().toLowerCase(Locale.ROOT).contains("close");
        }
    }

    private boolean nameIs(String lowerCase) {
        if (lineLength < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            int c = line[i] >= 'A' && line[i] <= 'Z' ? line[i] + ('a' - 'A') : line[i];
            if (c != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void endHeaders() {
        if (status / 100 == 1) { // an interim answer; the real one follows
            state = State.STATUS_LINE;
            startHeaders();
        } else if (chunked) {
            state = State.CHUNK_SIZE;
        } else if (remaining > 0) {
            state = State.FIXED_BODY;
        } else if (remaining == 0 || status == 204) {
            state = State.COMPLETE;
        } else {
            throw new BenchException("a response with status " + status + " does not say how long it is");
        }
    }

    private void chunkSize() {
        var text = lineText();
        int extension = text.indexOf(';');
        remaining = number((extension < 0 ? text : text.substring(0, extension)).trim(), HEX);
        state = remaining == 0 ? State.TRAILER : State.CHUNK_DATA;
    }

    private static int number(String text, int radix) {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new BenchException("'" + text + "' in a response is not a number", e);
        }
        throw new BenchException("'" + text + "' in a response is negative");
    }

    private String lineText() {
        return new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
    }

    int status() {
        return status;
    }

    long bodyBytes() {
        return bodyBytes;
    }

    /** Whether the server closes the connection behind this response. */
    boolean closes() {
        return closes;
    }

    /** The body, or its first {@link #BODY_START_BYTES_MAX} bytes. */
    String bodyStart() {
        return new String(bodyStart, 0, (int) Math.min(bodyBytes, BODY_START_BYTES_MAX), StandardCharsets.UTF_8);
    }
}
