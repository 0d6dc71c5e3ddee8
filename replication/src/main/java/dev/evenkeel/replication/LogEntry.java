package dev.evenkeel.replication;

/**
 * One entry of a group's log.
 *
 * @param lsn its position: 1, 2, 3 …
 * @param payload what the proposer gave: read only
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record LogEntry(long lsn, byte[] payload) {
    /** A transaction of 100 items of 400 KB fits. A record's length is checked against it before memory is taken. */
    public static final int PAYLOAD_BYTES_MAX = 64 << 20;

    /** What an entry counts for where memory is bounded: its bytes and its objects. */
    long memoryBytes() {
        return payload.length + 64L;
    }
}
