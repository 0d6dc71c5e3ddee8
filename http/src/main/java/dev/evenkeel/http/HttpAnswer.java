package dev.evenkeel.http;

import java.util.List;

/**
 * One answer. The server adds what belongs to the connection: {@code Content-Length}, {@code Date}, {@code Connection}.
 *
 * @param status e.g. 200
 * @param headers names and values in turn
 * @param body the server only reads it
 */
@SuppressWarnings("ArrayRecordComponent") // an answer is written once and never compared
public record HttpAnswer(int status, List<String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    public HttpAnswer {
        if (headers.size() % 2 != 0) {
            throw new IllegalArgumentException("a header without a value: " + headers);
        }
    }

    /** An answer without headers of its own and without a body. */
    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, List.of(), NOTHING);
    }
}
