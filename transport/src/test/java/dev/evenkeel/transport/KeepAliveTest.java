package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.WriteBufferWaterMark;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
    private final NarrowChannel channel = new NarrowChannel();
    private final FrameWriter writer = new FrameWriter(channel, false);
    private final KeepAlive keepAlive = new KeepAlive(writer);

    @Test
    void silenceIsAskedAboutOnceAndThenFatalWithinTwoIntervals() {
        keepAlive.heard();
        assertThat(keepAlive.tick()).isTrue();
        for (int tick = 1; tick < 2 * KeepAlive.TICKS - 1; tick++) {
            assertThat(keepAlive.tick()).as("tick %d", tick).isTrue();
            assertThat(channel.taken()).isEqualTo(tick < KeepAlive.TICKS - 1 ? 0 : FrameHeader.BYTES);
        }
        assertThat(keepAlive.tick()).isFalse();
    }

    @Test
    void anythingHeardStartsTheCountAgain() {
        for (int i = 0; i < 100; i++) {
            if (i % KeepAlive.TICKS == 0) {
                keepAlive.heard();
            }
            assertThat(keepAlive.tick()).isTrue();
        }
    }

    @Test
    void aPingStuckBehindMovingBytesWaits() {
        fillTheSocket();
        for (int tick = 0; tick < 50; tick++) {
            assertThat(keepAlive.tick()).as("tick %d", tick).isTrue();
            channel.takeMore(20_000); // a piece of 64 KiB every few ticks
            writer.pump();
        }
        channel.takeMore(Long.MAX_VALUE);
        writer.pump(); // the ping has left; from here on silence counts
        int ticks = 0;
        while (keepAlive.tick()) {
            ticks++;
        }
        assertThat(ticks).isBetween(KeepAlive.TICKS, 2 * KeepAlive.TICKS);
    }

    @Test
    void aPingStuckBehindBytesThatDoNotMoveIsFatal() {
        fillTheSocket();
        int ticks = 0;
        while (keepAlive.tick()) {
            ticks++;
        }
        assertThat(ticks).isEqualTo(2 * KeepAlive.TICKS - 2);
    }

    private void fillTheSocket() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1_000, 100_000));
        channel.takeMore(0);
        writer.add(new OutFrame(FrameKind.REQUEST, 1, new byte[2_000_000]));
        writer.pump();
        assertThat(channel.isWritable()).isFalse();
    }
}
