package dev.evenkeel.replication;

/** What a state machine was given to restore itself from is not what was written. */
public final class SnapshotCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SnapshotCorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
