package dev.evenkeel.transport;

/**
 * Finds out that the other side is gone although nobody said so: stopped, unplugged, cut off.
 *
 * <p>Anything that arrives is a sign of life. After nearly an interval of silence a ping asks for one, and after nearly
 * two the connection is dead. While the ping is stuck behind other bytes, those count: a peer that still takes them is
 * slow, not dead. Time is counted in ticks that were seen, not read from a clock, so that a process that itself stood
 * still for a minute does not take that for the silence of others. Only the event loop touches this.
 */
final class KeepAlive {
    /** Per ping interval. */
    static final int TICKS = 4;

    private static final int PING_AFTER_TICKS = TICKS - 1;
    private static final int DEAD_AFTER_TICKS = 2 * TICKS - 1;
    private static final byte[] NOTHING = new byte[0];

    private final FrameWriter writer;
    private boolean heard;
    private int quietTicks;
    private boolean asked;
    private long acceptedBefore;
    private long askedAt; // what the writer had handed over when the ping was, -1 while it was not

    KeepAlive(FrameWriter writer) {
        this.writer = writer;
    }

    /** Something has arrived. */
    void heard() {
        heard = true;
    }

    /** False when the connection is dead. */
    boolean tick() {
        boolean alive = heard || pingIsStuckButBytesMove();
        if (heard) {
            asked = false;
        }
        heard = false;
        acceptedBefore = writer.acceptedBytes();
        quietTicks = alive ? 0 : quietTicks + 1;
        if (quietTicks >= PING_AFTER_TICKS && !asked) {
            ask();
        }
        return quietTicks < DEAD_AFTER_TICKS;
    }

    private boolean pingIsStuckButBytesMove() {
        long accepted = writer.acceptedBytes();
        boolean stuck = askedAt < 0 || accepted < askedAt;
        return asked && stuck && accepted > acceptedBefore;
    }

    private void ask() {
        asked = true;
        askedAt = -1;
        writer.addUrgent(new OutFrame(FrameKind.PING, 0, NOTHING) {
            @Override
            void end() {
                askedAt = writer.piecesBytes() + FrameHeader.BYTES;
            }
        });
        writer.pump();
    }
}
