package dev.evenkeel.partition.transaction;

/** What the ledger says to a transaction that wants to begin. */
public enum Claim {
    /** It may go on. */
    GRANTED,
    /** The same request has been carried out; nothing is to be done. */
    DONE_BEFORE,
    /** The same request is being carried out. */
    IN_PROGRESS,
    /** Another request had this token. */
    MISMATCH
}
