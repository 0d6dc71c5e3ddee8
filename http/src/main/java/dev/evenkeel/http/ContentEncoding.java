package dev.evenkeel.http;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Takes a request's compression off. */
final class ContentEncoding {

    /** The body is within bounds only as long as it is compressed. */
    static final class TooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLargeException() {
            super("body too large once decompressed", null, false, false);
        }
    }

    private ContentEncoding() {}

    /**
     * The body as its sender meant it. An encoding we do not know is left on, and the bytes then are no JSON.
     *
     * @throws TooLargeException when it is larger than any request may be
     * @throws DynamoException a serialization error when the compressed bytes are broken
     */
    static byte[] decoded(HttpCall call) {
        String encoding = call.header("content-encoding");
        if (encoding == null || call.body().length == 0) {
            return call.body();
        }
        try {
            return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> bounded(new GZIPInputStream(new ByteArrayInputStream(call.body())));
                case "deflate" -> bounded(new InflaterInputStream(new ByteArrayInputStream(call.body())));
                default -> call.body();
            };
        } catch (IOException _) {
            throw new DynamoException(ErrorCode.SERIALIZATION, "");
        }
    }

    private static byte[] bounded(InputStream decompressed) throws IOException {
        try (decompressed) {
            byte[] body = decompressed.readNBytes(HttpServerOptions.DYNAMO_BODY_BYTES_MAX + 1);
            if (body.length > HttpServerOptions.DYNAMO_BODY_BYTES_MAX) {
                throw new TooLargeException();
            }
            return body;
        }
    }
}
