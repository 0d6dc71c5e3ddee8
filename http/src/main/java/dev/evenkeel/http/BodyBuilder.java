package dev.evenkeel.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects a body. It never holds much more than what has really arrived: a client that only announces 16 MB costs 64 KB.
 */
final class BodyBuilder {
    private static final byte[] NOTHING = {};
    private static final int TRUSTED_BYTES = 64 * 1024;

    private final long announced;
    private byte[] bytes = NOTHING;
    private int length;

    /** @param announced the Content-Length, or −1 */
    BodyBuilder(long announced) {
        this.announced = announced;
    }

    int length() {
        return length;
    }

    /** Copies what is readable. The caller has checked the bound. */
    void append(ByteBuf piece) {
        int added = piece.readableBytes();
        if (added == 0) {
            return;
        }
        if (length + added > bytes.length) {
            grow(length + added);
        }
        piece.readBytes(bytes, length, added);
        length += added;
    }

    private void grow(int needed) {
        int ahead = length == 0 ? (int) Math.min(announced, TRUSTED_BYTES) : 2 * bytes.length;
        if (announced >= 0) {
            ahead = (int) Math.min(ahead, announced); // so that the usual body needs no trimming
        }
        bytes = Arrays.copyOf(bytes, Math.max(needed, ahead));
    }

    /** Hands the body over, once: it may be large, and whoever counts its length must not keep it alive. */
    byte[] build() {
        byte[] built = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        return built;
    }
}
