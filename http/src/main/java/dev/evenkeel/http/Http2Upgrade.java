package dev.evenkeel.http;

import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** The HTTP2-Settings header (RFC 7540 §3.2.1): the payload of a SETTINGS frame in URL-safe base64. */
final class Http2Upgrade {
    private static final int ENTRY_BYTES = Short.BYTES + Integer.BYTES;

    private Http2Upgrade() {}

    /** Empty when the header makes no sense; the request is then answered in HTTP/1.1, as the RFC allows. */
    static Optional<Http2Settings> settings(String header) {
        try {
            ByteBuffer payload = ByteBuffer.wrap(Base64.getUrlDecoder().decode(header.strip()));
            if (payload.remaining() % ENTRY_BYTES != 0) {
                return Optional.empty();
            }
            var settings = new Http2Settings();
            while (payload.hasRemaining()) {
                char id = (char) payload.getShort();
                settings.put(id, (Long) Integer.toUnsignedLong(payload.getInt()));
            }
            return Optional.of(settings);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
