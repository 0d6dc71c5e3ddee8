package dev.evenkeel.replication;

@SuppressWarnings("ArrayRecordComponent")
public record RaftEntry(long index, long term, Kind kind, byte[] payload) {
    public enum Kind {
        DATA,
        CONFIGURATION,
        NO_OP
    }
}
