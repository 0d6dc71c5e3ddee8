package dev.evenkeel.partition.expiry;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/**
 * How far the items that were there before a setting have their rows.
 *
 * <pre>
 * mark = version:u8 setting done:u8 from:bytes
 * </pre>
 *
 * @param isDone whether all have
 * @param from the first position of which that is not known; empty when all have
 */
public record ExpiryMark(long setting, boolean isDone, byte[] from) {
    private static final int VERSION = 1;

    public static ExpiryMark begun(long setting) {
        return new ExpiryMark(setting, false, new byte[0]);
    }

    public static ExpiryMark done(long setting) {
        return new ExpiryMark(setting, true, new byte[0]);
    }

    public byte[] encode() {
        return new ByteWriter(16 + from.length)
                .u8(VERSION)
                .unsigned(setting)
                .bool(isDone)
                .bytes(from)
                .toBytes();
    }

    static ExpiryMark decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("a mark of version " + version + ", this release reads " + VERSION);
        }
        return new ExpiryMark(in.unsigned(), in.bool(), in.bytes());
    }
}
