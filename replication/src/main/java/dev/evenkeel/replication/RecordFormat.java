package dev.evenkeel.replication;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A record of a segment. Version 1 is one entry of one solo group; version 2 is whatever concerns a Raft group, and its
 * LSN is the index.
 *
 * <pre>
 * record  = crc:u32 length:u32 version:u8 group:u32 lsn:u64 flushed:u32 body
 * crc     = CRC32C of all that follows it, XOR a number made of the segment's salt and the record's offset
 * length  = bytes of the body
 * flushed = the length of the file that was durable when the record was written: the record's own batch begins there
 * body    = payload                          in version 1
 *           kind:u8 term:u64 payload         in version 2, see {@link RaftRecordKind}
 * </pre>
 *
 * {@code flushed} is what tells a torn end from damage. Whatever lies below it had been flushed before the record was
 * written, so if the record is readable and something below it is not, no crash did that.
 */
final class RecordFormat {
    /** Up to the body. */
    static final int HEADER_BYTES = 25;
    /** Up to the payload of version 2. */
    static final int RAFT_HEADER_BYTES = HEADER_BYTES + 9;

    private static final byte VERSION_SOLO = 1;
    private static final byte VERSION_RAFT = 2;

    private static final int LENGTH_AT = 4;
    private static final int VERSION_AT = 8;
    private static final int GROUP_AT = 9;
    private static final int LSN_AT = 13;
    private static final int FLUSHED_AT = 21;
    private static final int KIND_AT = 25;
    private static final int TERM_AT = 26;

    private final CRC32C crc = new CRC32C();

    static long bytes(LogEntry entry) {
        return HEADER_BYTES + (long) entry.payload().length;
    }

    static long bytes(RaftEntry entry) {
        return raftBytes(entry.payload());
    }

    static long raftBytes(byte[] payload) {
        return RAFT_HEADER_BYTES + (long) payload.length;
    }

    /** Puts the header of an entry that will stand at an offset. The payload follows it as it is. */
    void putHeader(ByteBuffer target, long salt, long offset, int group, LogEntry entry, long flushed) {
        int start = target.position();
        target.putInt(0)
                .putInt(entry.payload().length)
                .put(VERSION_SOLO)
                .putInt(group)
                .putLong(entry.lsn())
                .putInt((int) flushed);
        seal(target, start, entry.payload(), salt, offset);
    }

    /** The same for a Raft group's record. */
    void putHeader(
            ByteBuffer target,
            long salt,
            long offset,
            int group,
            RaftRecordKind kind,
            long index,
            long term,
            byte[] payload,
            long flushed) {
        int start = target.position();
        target.putInt(0)
                .putInt(RAFT_HEADER_BYTES - HEADER_BYTES + payload.length)
                .put(VERSION_RAFT)
                .putInt(group)
                .putLong(index)
                .putInt((int) flushed)
                .put(kind.code)
                .putLong(term);
        seal(target, start, payload, salt, offset);
    }

    /** Puts the checksum of a header that ends at the target's position, and of the payload to come. */
    private void seal(ByteBuffer target, int start, byte[] payload, long salt, long offset) {
        int end = target.position();
        int limit = target.limit();
        crc.reset();
        crc.update(target.position(start + LENGTH_AT).limit(end));
        crc.update(payload);
        target.limit(limit).position(end).putInt(start, (int) crc.getValue() ^ place(salt, offset));
    }

    /** The record that a segment with Raft groups begins with. */
    static ByteBuffer statement(SegmentHeader header, byte[] payload) {
        var record = ByteBuffer.allocate(RAFT_HEADER_BYTES + payload.length);
        int offset = SegmentHeader.BYTES;
        new RecordFormat()
                .putHeader(
                        record,
                        header.salt(),
                        offset,
                        0,
                        RaftRecordKind.STATEMENT,
                        header.sequence(),
                        0,
                        payload,
                        offset);
        return record.put(payload).flip();
    }

    private static int place(long salt, long offset) {
        return (int) ((salt + offset) * 0x9E3779B97F4A7C15L >>> 32);
    }

    /**
     * Whether the bytes from a position on, at least a header, can be a record's that ends within the room left.
     *
     * @param segmentVersion says which records there can be
     */
    static boolean isPlausible(ByteBuffer source, int start, int segmentVersion, long offset, long roomLeft) {
        int length = source.getInt(start + LENGTH_AT);
        long flushed = flushed(source, start);
        return HEADER_BYTES + (long) length <= roomLeft
                && flushed >= SegmentHeader.BYTES
                && flushed <= offset
                && switch (source.get(start + VERSION_AT)) {
                    case VERSION_SOLO -> length >= 0 && length <= LogEntry.PAYLOAD_BYTES_MAX && lsn(source, start) > 0;
                    case VERSION_RAFT ->
                        segmentVersion >= SegmentHeader.VERSION_RAFT && isPlausibleRaft(length, lsn(source, start));
                    default -> false;
                };
    }

    private static boolean isPlausibleRaft(int length, long index) {
        int payload = length - (RAFT_HEADER_BYTES - HEADER_BYTES);
        return payload >= 0 && payload <= LogEntry.PAYLOAD_BYTES_MAX && index >= 0;
    }

    /** Whether the checksum of a whole record holds. */
    boolean isIntact(ByteBuffer source, int start, long salt, long offset) {
        crc.reset();
        crc.update(source.array(), start + LENGTH_AT, HEADER_BYTES - LENGTH_AT + length(source, start));
        return source.getInt(start) == ((int) crc.getValue() ^ place(salt, offset));
    }

    /** Of the body. */
    static int length(ByteBuffer source, int start) {
        return source.getInt(start + LENGTH_AT);
    }

    static int group(ByteBuffer source, int start) {
        return source.getInt(start + GROUP_AT);
    }

    static long lsn(ByteBuffer source, int start) {
        return source.getLong(start + LSN_AT);
    }

    static long flushed(ByteBuffer source, int start) {
        return Integer.toUnsignedLong(source.getInt(start + FLUSHED_AT));
    }

    /** Whether we know what a whole record is. */
    static boolean isKnown(ByteBuffer source, int start) {
        return !isRaft(source, start) || kind(source, start) != null;
    }

    static boolean isRaft(ByteBuffer source, int start) {
        return source.get(start + VERSION_AT) == VERSION_RAFT;
    }

    /** Of a whole record: what it says of a Raft group; null for a solo group's. */
    static @Nullable RaftRecordKind kind(ByteBuffer source, int start) {
        return isRaft(source, start) ? RaftRecordKind.of(source.get(start + KIND_AT)) : null;
    }

    /** Of a whole record of a Raft group. */
    static long term(ByteBuffer source, int start) {
        return source.getLong(start + TERM_AT);
    }
}
