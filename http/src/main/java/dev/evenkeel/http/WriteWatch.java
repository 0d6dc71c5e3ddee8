package dev.evenkeel.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;

/** Notices a socket that takes no more of what was written to it. Only the event loop touches it. */
final class WriteWatch {
    private long unwrittenBytes;
    private long unwrittenSinceNanos;

    /** Whether the bytes waiting for the socket have been the same for longer than the timeout. Ask once per sweep. */
    boolean isStuck(Channel channel, long nowNanos, Duration timeout) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        long unwritten = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (unwritten == 0 || unwritten != unwrittenBytes) {
            unwrittenBytes = unwritten;
            unwrittenSinceNanos = nowNanos;
        }
        return nowNanos - unwrittenSinceNanos > timeout.toNanos();
    }
}
