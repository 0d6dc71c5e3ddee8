package dev.evenkeel.partition.transaction;

/** What became of a transaction. */
public enum Decision {
    COMMITTED,
    CANCELLED,
    /** Its coordinator may still be at it. */
    OPEN
}
