package dev.evenkeel.replication;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment file.
 *
 * <pre>
 * header = magic:8 version:u32 sequence:u64 salt:u64 crc:u32
 * </pre>
 *
 * <p>Version 2 is a segment that begins with a statement of all Raft groups and may have records of both versions. Where
 * there is no Raft group, segments are of version 1, which an earlier release reads.
 *
 * @param sequence the segment's number: 1, 2, 3 …; also its name
 * @param salt a random number that goes into every record's checksum, so that a record in another file, or one that a
 *     user has stored as a value, is not taken for one of this file
 */
record SegmentHeader(int version, long sequence, long salt) {
    static final int BYTES = 32;
    static final int VERSION_SOLO = 1;
    static final int VERSION_RAFT = 2;
    private static final long MAGIC = 0x45764B2D4C6F670AL; // "EvK-Log" and a line feed
    private static final int CRC_AT = BYTES - Integer.BYTES;

    ByteBuffer encoded() {
        var buffer = ByteBuffer.allocate(BYTES);
        buffer.putLong(MAGIC).putInt(version).putLong(sequence).putLong(salt);
        return buffer.putInt(crc(buffer)).flip();
    }

    private static int crc(ByteBuffer buffer) {
        var crc = new CRC32C();
        crc.update(buffer.array(), 0, CRC_AT);
        return (int) crc.getValue();
    }

    /** The sequence in a header whose checksum holds; null when it does not, or the format is newer. */
    sealed interface Decoded {
        record Good(SegmentHeader header) implements Decoded {}

        record Newer(int version) implements Decoded {}

        record Bad() implements Decoded {}
    }

    /** @param buffer {@link #BYTES} bytes from its beginning */
    static Decoded decode(ByteBuffer buffer) {
        if (buffer.getLong(0) != MAGIC) {
            return new Decoded.Bad();
        }
        int version = buffer.getInt(8);
        if (version > VERSION_RAFT) {
            return new Decoded.Newer(version); // which may put its checksum elsewhere
        }
        return version >= VERSION_SOLO && buffer.getInt(CRC_AT) == crc(buffer)
                ? new Decoded.Good(new SegmentHeader(version, buffer.getLong(12), buffer.getLong(20)))
                : new Decoded.Bad();
    }
}
