package dev.evenkeel.replication;

/** A group whose records are in the log of its node. */
abstract sealed class LogMember permits DiskGroup, DiskRaftLog {
    final int id;
    /** Writes queued or being written. Under the intake's lock. */
    int inFlight;
    /** Under the intake's lock. */
    boolean closing;

    LogMember(int id) {
        this.id = id;
    }

    /** What is queued and not durable is lost. Called under the intake's lock. */
    abstract void rewind();
}
