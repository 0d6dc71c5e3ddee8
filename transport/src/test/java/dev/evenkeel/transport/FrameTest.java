package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever happens to the bytes of frames, what is delivered is what was sent, from the first on without a gap. */
class FrameTest {
    private static final int PAYLOAD_BYTES_MAX = 300_000;

    private record Sent(FrameKind kind, int service, long requestId, byte[] payload) {
        OutFrame frame() {
            return new OutFrame(kind, service, payload) {
                @Override
                long requestId() {
                    return requestId;
                }
            };
        }

        boolean isLike(FrameHeader header, byte[] received) {
            return header.kind() == kind
                    && header.service() == service
                    && header.requestId() == requestId
                    && Arrays.equals(received, payload);
        }
    }

    /** Fails when a frame is not the next one sent. */
    private static final class Expecting implements FrameReader.Sink {
        private final List<Sent> expected;
        private int delivered;

        Expecting(List<Sent> expected) {
            this.expected = expected;
        }

        @Override
        public void frame(FrameHeader header, byte[] payload) {
            assertThat(delivered).as("frames sent").isLessThan(expected.size());
            assertThat(expected.get(delivered).isLike(header, payload))
                    .as("frame %s is as sent", header)
                    .isTrue();
            delivered++;
        }

        @Override
        public boolean takesFrames() {
            return true;
        }
    }

    @Test
    void framesArriveAsSentHoweverTheyAreCut() throws FrameException {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var sent = randomFrames(random, 1 + random.nextInt(30), seed % 10 == 0 ? PAYLOAD_BYTES_MAX : 2_000);
            var stream = written(sent);
            var sink = new Expecting(sent);
            var reader = new FrameReader(PAYLOAD_BYTES_MAX);
            for (int at = 0; at < stream.length; ) {
                int length = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 40 : 70_000));
                reader.read(Unpooled.wrappedBuffer(stream, at, length), sink);
                at += length;
            }
            assertThat(sink.delivered).as("seed %d", seed).isEqualTo(sent.size());
        }
    }

    @Test
    void everyFlippedBitIsNoticedAndNothingBehindItIsDelivered() {
        var sent = randomFrames(new Random(3), 3, 40);
        var stream = written(sent);
        for (int bit = 0; bit < stream.length * 8; bit++) {
            var damaged = stream.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            var sink = new Expecting(sent);
            assertThatExceptionOfType(FrameException.class)
                    .as("bit %d", bit)
                    .isThrownBy(() -> new FrameReader(PAYLOAD_BYTES_MAX).read(Unpooled.wrappedBuffer(damaged), sink));
            assertThat(sink.delivered).as("bit %d", bit).isLessThan(sent.size());
        }
    }

    @Test
    void damageOfAnySortIsNeverDelivered() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var sent = randomFrames(random, 5, 300);
            var damaged = damage(written(sent), random);
            var sink = new Expecting(sent);
            try {
                new FrameReader(PAYLOAD_BYTES_MAX).read(Unpooled.wrappedBuffer(damaged), sink);
                assertThat(sink.delivered).as("seed %d", seed).isLessThan(sent.size()); // waits for the rest
            } catch (FrameException e) {
                assertThat(e).hasMessageMatching("(not a frame|damaged).*");
            }
        }
    }

    @Test
    void randomBytesAreNoFrames() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var bytes = new byte[FrameHeader.BYTES + random.nextInt(200)];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0xE1;
            assertThatExceptionOfType(FrameException.class)
                    .as("seed %d", seed)
                    .isThrownBy(() -> new FrameReader(PAYLOAD_BYTES_MAX)
                            .read(Unpooled.wrappedBuffer(bytes), new Expecting(List.of())));
        }
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeMemoryIsTaken() {
        for (int length : new int[] {PAYLOAD_BYTES_MAX + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            var bytes = new byte[FrameHeader.BYTES];
            new FrameHeader(FrameKind.REQUEST, 1, 1, length, 0).encode(bytes);
            assertThatExceptionOfType(FrameException.class)
                    .isThrownBy(() -> FrameHeader.decode(bytes, PAYLOAD_BYTES_MAX))
                    .withMessageContaining(Integer.toUnsignedString(length) + " bytes");
        }
    }

    @Test
    void smallFramesShareAPieceAndLongOnesTakeMany() {
        var channel = wideChannel();
        var writer = new FrameWriter(channel, false);
        for (int i = 0; i < 50; i++) {
            writer.add(new OutFrame(FrameKind.REQUEST, 1, new byte[900]));
        }
        writer.pump();
        assertThat(channel.outboundMessages()).hasSize(1);
        channel.releaseOutbound();
        writer.add(new OutFrame(FrameKind.REQUEST, 1, new byte[PAYLOAD_BYTES_MAX]));
        writer.pump();
        assertThat(channel.outboundMessages()).hasSize(5);
        channel.finishAndReleaseAll();
    }

    @Test
    void urgentFramesOvertakeThoseThatHaveNotBegun() throws FrameException {
        var channel = wideChannel();
        var writer = new FrameWriter(channel, true);
        writer.add(new OutFrame(FrameKind.REQUEST, 1, new byte[9]));
        writer.addUrgent(new OutFrame(FrameKind.PING, 0, new byte[0]));
        writer.pump();
        var expected =
                List.of(new Sent(FrameKind.PING, 0, 0, new byte[0]), new Sent(FrameKind.REQUEST, 1, 0, new byte[9]));
        var sink = new Expecting(expected);
        new FrameReader(PAYLOAD_BYTES_MAX).read(channel.readOutbound(), sink);
        assertThat(sink.delivered).isEqualTo(2);
        channel.finishAndReleaseAll();
    }

    @Test
    void hellosAreReadWhateverTheyAre() throws FrameException {
        var hello = new Hello(1, 3, "cluster", "älice", "bob");
        assertThat(Hello.decode(hello.encode())).isEqualTo(hello);
        var longer = Arrays.copyOf(hello.encode(), 100); // a later version may say more
        assertThat(Hello.decode(longer)).isEqualTo(hello);
        for (int length = 0; length < hello.encode().length; length++) {
            var cut = Arrays.copyOf(hello.encode(), length);
            assertThatExceptionOfType(FrameException.class).isThrownBy(() -> Hello.decode(cut));
        }
        assertThat(hello.objection("cluster", "bob")).isNull();
        assertThat(hello.commonVersion()).isEqualTo(1);
        assertThat(new Hello(2, 3, "cluster", "a", "bob").objection("cluster", "bob"))
                .contains("versions 2 to 3");
    }

    private static EmbeddedChannel wideChannel() {
        var channel = new EmbeddedChannel();
        channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(Integer.MAX_VALUE - 1, Integer.MAX_VALUE));
        return channel;
    }

    private static List<Sent> randomFrames(Random random, int count, int payloadBytesMax) {
        var frames = new ArrayList<Sent>();
        for (int i = 0; i < count; i++) {
            var payload = new byte[random.nextInt(payloadBytesMax + 1)];
            random.nextBytes(payload);
            var kind = FrameKind.values()[random.nextInt(FrameKind.values().length)];
            frames.add(new Sent(kind, random.nextInt(65_536), random.nextLong(), payload));
        }
        return frames;
    }

    private static byte[] written(List<Sent> frames) {
        var channel = wideChannel();
        var writer = new FrameWriter(channel, false);
        frames.forEach(frame -> writer.add(frame.frame()));
        writer.pump();
        var all = Unpooled.buffer();
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            all.writeBytes(piece);
            piece.release();
        }
        channel.finishAndReleaseAll();
        return Arrays.copyOf(all.array(), all.readableBytes());
    }

    /** Always different from the stream: bytes changed, cut off, lost or repeated in the middle. */
    private static byte[] damage(byte[] stream, Random random) {
        int at = random.nextInt(stream.length);
        int length = 1 + random.nextInt(Math.min(50, stream.length - at));
        var damaged = Unpooled.buffer();
        damaged.writeBytes(stream, 0, at);
        switch (random.nextInt(3)) {
            case 0 -> {} // the rest never comes
            case 1 -> damaged.writeBytes(stream, at + length, stream.length - at - length);
            default -> {
                for (int i = at; i < at + length; i++) {
                    damaged.writeByte(stream[i] ^ (1 + random.nextInt(255)));
                }
                damaged.writeBytes(stream, at + length, stream.length - at - length);
            }
        }
        return Arrays.copyOf(damaged.array(), damaged.readableBytes());
    }
}
