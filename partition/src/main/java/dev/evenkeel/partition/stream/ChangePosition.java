package dev.evenkeel.partition.stream;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/**
 * The place of a change record in its shard: the log entry that it came with and, as a transaction may change several items
 * of a partition in one entry, its number there.
 *
 * <p>Clients know it as the sequence number: 25 digits, a 1, the LSN in 20 and the number in 4, so that the longer the log
 * the higher the number, and numbers sort as text, too.
 *
 * @param lsn 0 or more
 * @param ordinal 0 to {@value #ORDINAL_MAX}
 */
public record ChangePosition(long lsn, int ordinal) implements Comparable<ChangePosition> {
    /** A transaction has 100 actions at most. */
    static final int ORDINAL_MAX = 9_999;

    static final int BYTES = Long.BYTES + Short.BYTES;

    private static final int DIGITS = 25;
    private static final int LSN_DIGITS = 20;

    /** Before every record. */
    public static final ChangePosition START = new ChangePosition(0, 0);

    /** Behind every record. */
    public static final ChangePosition END = new ChangePosition(Long.MAX_VALUE, ORDINAL_MAX);

    private static final Comparator<ChangePosition> ORDER =
            Comparator.comparingLong(ChangePosition::lsn).thenComparingInt(ChangePosition::ordinal);

    public ChangePosition {
        if (lsn < 0 || ordinal < 0 || ordinal > ORDINAL_MAX) {
            throw new IllegalArgumentException("no place in a shard: " + lsn + ", " + ordinal);
        }
    }

    /** Behind all records of that entry and of those before it. */
    public static ChangePosition behind(long lsn) {
        return new ChangePosition(lsn, ORDINAL_MAX);
    }

    /** The last place before this one. */
    public ChangePosition before() {
        if (ordinal > 0) {
            return new ChangePosition(lsn, ordinal - 1);
        }
        return lsn == 0 ? START : behind(lsn - 1);
    }

    public String sequenceNumber() {
        var digits = new byte[DIGITS]; // by hand, since a reader wants thousands of them
        digits[0] = '1';
        fill(digits, 1, 1 + LSN_DIGITS, lsn);
        fill(digits, 1 + LSN_DIGITS, DIGITS, ordinal);
        return new String(digits, StandardCharsets.ISO_8859_1);
    }

    private static void fill(byte[] digits, int from, int to, long number) {
        long rest = number;
        for (int i = to - 1; i >= from; i--) {
            digits[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** What {@link #sequenceNumber} gave; empty for any other text. */
    public static Optional<ChangePosition> ofSequenceNumber(String text) {
        if (text.length() != DIGITS || !text.matches("1[0-9]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ChangePosition(
                    Long.parseLong(text.substring(1, 1 + LSN_DIGITS)),
                    Integer.parseInt(text.substring(1 + LSN_DIGITS))));
        } catch (NumberFormatException _) { // more than a long
            return Optional.empty();
        }
    }

    /** Its form at the end of a key, which sorts as positions do. */
    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(lsn).putShort((short) ordinal).array();
    }

    /** What {@link #toBytes} made, from there on. */
    static ChangePosition of(byte[] bytes, int at) {
        var buffer = ByteBuffer.wrap(bytes, at, BYTES);
        return new ChangePosition(buffer.getLong(), buffer.getShort());
    }

    public void write(ByteWriter out) {
        out.unsigned(lsn).unsigned(ordinal);
    }

    public static ChangePosition read(ByteReader in) {
        return new ChangePosition(in.unsigned(), (int) in.unsigned());
    }

    @Override
    public int compareTo(ChangePosition other) {
        return ORDER.compare(this, other);
    }
}
