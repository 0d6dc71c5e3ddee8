package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AcceptedConnectionTest {
    private final NarrowChannel channel = new NarrowChannel();

    @Test
    void aCallerThatTakesNoAnswersIsNotReadFrom() {
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1_000, 4_000));
        var options = TransportOptions.of("bob", "test", new PeerAddress("127.0.0.1", 0), _ -> Optional.empty());
        channel.pipeline()
                .addLast(new AcceptedConnection(options, channel, new Services(), new Guests("bob", _ -> {})));
        receive(FrameKind.HELLO, 0, new Hello(1, 1, "test", "alice", "bob").encode());
        assertThat(channel.taken()).isPositive();
        channel.takeMore(0);
        int requests = 0;
        while (channel.config().isAutoRead()) { // even a refusal must be taken
            assertThat(++requests).isLessThan(1_000);
            receive(FrameKind.REQUEST, requests, new byte[0]);
        }
        assertThat(requests).isGreaterThan(1);
        channel.takeMore(Long.MAX_VALUE);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.finishAndReleaseAll();
    }

    private void receive(FrameKind kind, long requestId, byte[] payload) {
        var bytes = new byte[FrameHeader.BYTES];
        int check = FrameHeader.check(payload, payload.length);
        new FrameHeader(kind, 9, requestId, payload.length, check).encode(bytes);
        channel.writeInbound(Unpooled.wrappedBuffer(bytes, payload));
        channel.runPendingTasks();
    }
}
