package dev.evenkeel.replication;

/** One group's share of a {@link SoloLog}; the methods are those of {@link ReplicationGroup}. */
interface GroupLog {
    long term();

    Proposal propose(byte[] entry, long term);

    TailHub tails();

    void close();

    /** The check that opens every propose. */
    static void checkPayload(byte[] entry) {
        if (entry.length > LogEntry.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
        }
    }
}
