package dev.evenkeel.replication.raft;

import java.nio.ByteBuffer;

/**
 * What goes before every entry that a leader proposes: the index at which it expects the entry to stand.
 *
 * <p>A leader evaluates a write against outcomes that are still in flight and must know, before the engine tells, which
 * place in the log the result takes. The engine can refuse one entry as busy and take the next; then whatever was built
 * on the lost one must not count. So every replica passes over an entry that does not stand where it was expected, or
 * that has one of Raft's own entries between the first entry of its <em>epoch</em> and itself. An epoch is a run of
 * proposals begun when nothing of the leader's was in flight.
 *
 * <p>Why that is enough: if an entry of an epoch with base b and offset k stands at b + k, and all entries from b on are
 * data, then k data entries lie between. They are of the same leader's term (a new term begins with an entry of Raft's
 * own) and of the same epoch (the one before had come back whole), so they are the k entries proposed before it, none
 * missing.
 *
 * <pre>
 * header = version:u8 base:u64 offset:u32
 * </pre>
 *
 * @param base the index expected for the first entry of the epoch
 * @param offset how many entries of the epoch were proposed before this one
 */
record EntryHeader(long base, int offset) {
    static final int BYTES = 1 + Long.BYTES + Integer.BYTES;
    private static final byte VERSION = 1;

    long expectedIndex() {
        return base + offset;
    }

    /** The header and the payload behind it, as one entry. */
    byte[] before(byte[] payload) {
        return ByteBuffer.allocate(BYTES + payload.length)
                .put(VERSION)
                .putLong(base)
                .putInt(offset)
                .put(payload)
                .array();
    }

    /** @throws IllegalStateException when a newer release wrote it */
    static EntryHeader of(byte[] entry) {
        var buffer = ByteBuffer.wrap(entry);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("a log entry of version " + version + ", this release reads " + VERSION);
        }
        return new EntryHeader(buffer.getLong(), buffer.getInt());
    }

    /** The payload behind the header. */
    static byte[] payload(byte[] entry) {
        var payload = new byte[entry.length - BYTES];
        System.arraycopy(entry, BYTES, payload, 0, payload.length);
        return payload;
    }
}
