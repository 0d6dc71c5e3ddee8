package dev.evenkeel.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/** How sockets between nodes are set up. */
final class Sockets {
    private static final int PAGE_BYTES = 8 * 1024;

    /** Chunks of 1 MB (a page shifted left by 7): few are ever needed, and a small process should stay small. */
    private static final int CHUNK_ORDER = 7;

    /** One arena of each sort: only event loops allocate. Arrays are for TLS. */
    static final ByteBufAllocator ALLOCATOR =
            new PooledByteBufAllocator(true, 1, 1, PAGE_BYTES, CHUNK_ORDER, 64, 32, true);

    /** What a socket that does not drain holds of ours; enough to keep one that does drain busy. */
    static final WriteBufferWaterMark WATER_MARKS = new WriteBufferWaterMark(128 * 1024, 512 * 1024);

    private static final int RECEIVE_BYTES_MIN = 2 * 1024;

    private static final int RECEIVE_BYTES_FIRST = 16 * 1024;

    private static final int RECEIVE_BYTES_MAX = 128 * 1024;

    private Sockets() {}

    static RecvByteBufAllocator receiving() {
        return new AdaptiveRecvByteBufAllocator(RECEIVE_BYTES_MIN, RECEIVE_BYTES_FIRST, RECEIVE_BYTES_MAX);
    }
}
