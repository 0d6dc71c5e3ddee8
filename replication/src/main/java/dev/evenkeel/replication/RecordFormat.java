package dev.evenkeel.replication;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record of a segment: one entry of one group.
 *
 * <pre>
 * record  = crc:u32 length:u32 version:u8 group:u32 lsn:u64 flushed:u32 payload
 * crc     = CRC32C of all that follows it, XOR a number made of the segment's salt and the record's offset
 * length  = bytes of the payload
 * flushed = the length of the file that was durable when the record was written: the record's own batch begins there
 * </pre>
 *
 * {@code flushed} is what tells a torn end from damage. Whatever lies below it had been flushed before the record was
 * written, so if the record is readable and something below it is not, no crash did that.
 */
final class RecordFormat {
    static final int HEADER_BYTES = 25;
    static final byte VERSION = 1;

    private static final int LENGTH_AT = 4;
    private static final int VERSION_AT = 8;
    private static final int GROUP_AT = 9;
    private static final int LSN_AT = 13;
    private static final int FLUSHED_AT = 21;

    private final CRC32C crc = new CRC32C();

    static long bytes(LogEntry entry) {
        return HEADER_BYTES + (long) entry.payload().length;
    }

    /** Puts the header of an entry that will stand at an offset. The payload follows it as it is. */
    void putHeader(ByteBuffer target, long salt, long offset, int group, LogEntry entry, long flushed) {
        int start = target.position();
        target.putInt(0)
                .putInt(entry.payload().length)
                .put(VERSION)
                .putInt(group)
                .putLong(entry.lsn())
                .putInt((int) flushed);
        int end = target.position();
        int limit = target.limit();
        crc.reset();
        crc.update(target.position(start + LENGTH_AT).limit(end));
        crc.update(entry.payload());
        target.limit(limit).position(end).putInt(start, (int) crc.getValue() ^ place(salt, offset));
    }

    private static int place(long salt, long offset) {
        return (int) ((salt + offset) * 0x9E3779B97F4A7C15L >>> 32);
    }

    /** Whether the bytes from a position on, at least a header, can be a record's that ends within the room left. */
    static boolean isPlausible(ByteBuffer source, int start, long offset, long roomLeft) {
        int length = source.getInt(start + LENGTH_AT);
        long flushed = flushed(source, start);
        return source.get(start + VERSION_AT) == VERSION
                && length >= 0
                && length <= LogEntry.PAYLOAD_BYTES_MAX
                && HEADER_BYTES + (long) length <= roomLeft
                && lsn(source, start) > 0
                && flushed >= SegmentHeader.BYTES
                && flushed <= offset;
    }

    /** Whether the checksum of a whole record holds. */
    boolean isIntact(ByteBuffer source, int start, long salt, long offset) {
        crc.reset();
        crc.update(source.array(), start + LENGTH_AT, HEADER_BYTES - LENGTH_AT + length(source, start));
        return source.getInt(start) == ((int) crc.getValue() ^ place(salt, offset));
    }

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
}
