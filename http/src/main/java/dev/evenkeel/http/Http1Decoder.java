package dev.evenkeel.http;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Netty's request parser within our limits. */
final class Http1Decoder extends HttpRequestDecoder {
    /** DynamoDB's paths are "/"; only a pre-signed query string makes a request line long. */
    private static final int LINE_BYTES_MAX = 16 * 1024;

    /** Bodies come in pieces of at most what one read brings. */
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    Http1Decoder(HttpServerOptions options) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(Math.min(LINE_BYTES_MAX, options.headBytesMax()))
                .setMaxHeaderSize(options.headBytesMax())
                .setMaxChunkSize(PIECE_BYTES_MAX));
    }
}
