package dev.evenkeel.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/** Where the bytes of sockets live. */
final class Buffers {
    private static final int PAGE_BYTES = 8 * 1024;

    /** Chunks of 1 MB (a page shifted left by 7): few are ever needed, and a small process should stay small. */
    private static final int CHUNK_ORDER = 7;

    /** One direct arena: only event loops allocate, and there are as many of those as cores can feed. */
    static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 1, 1, PAGE_BYTES, CHUNK_ORDER, 64, 32, true);

    private static final int RECEIVE_BYTES_MIN = 1024;

    /** An item of 1 KB with its headers arrives in one read. */
    private static final int RECEIVE_BYTES_FIRST = 4 * 1024;

    private static final int RECEIVE_BYTES_MAX = 64 * 1024;

    private Buffers() {}

    static RecvByteBufAllocator receiving() {
        return new AdaptiveRecvByteBufAllocator(RECEIVE_BYTES_MIN, RECEIVE_BYTES_FIRST, RECEIVE_BYTES_MAX);
    }
}
