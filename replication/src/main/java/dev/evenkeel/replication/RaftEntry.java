package dev.evenkeel.replication;

/**
 * One entry of a Raft group's log.
 *
 * @param index its position: 1, 2, 3 …
 * @param term the term of the leader that made it
 * @param payload read only; at most {@link LogEntry#PAYLOAD_BYTES_MAX} bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RaftEntry(long index, long term, Kind kind, byte[] payload) {
    /** What an entry is for. */
    public enum Kind {
        DATA,
        CONFIGURATION,
        NO_OP
    }

    public RaftEntry {
        if (index < 1 || term < 0 || payload.length > LogEntry.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "entry " + index + " of term " + term + " with " + payload.length + " bytes");
        }
    }

    /** What an entry counts for where memory is bounded: its bytes and its objects. */
    long memoryBytes() {
        return payload.length + 64L;
    }
}
