package dev.evenkeel.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;

/** A socket that takes as many bytes as there is room, and then waits. */
final class NarrowChannel extends EmbeddedChannel {
    private long room = Long.MAX_VALUE;
    private long taken;

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        long takes = Math.min(room, pending(in));
        in.removeBytes(takes);
        room -= takes;
        taken += takes;
    }

    private static long pending(ChannelOutboundBuffer in) {
        var sum = new long[1];
        try {
            in.forEachFlushedMessage(message -> {
                sum[0] += ((ByteBuf) message).readableBytes();
                return true;
            });
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return sum[0];
    }

    long taken() {
        return taken;
    }

    /** Room for so many bytes from now on. */
    void takeMore(long bytes) {
        room = bytes;
        flush();
    }
}
