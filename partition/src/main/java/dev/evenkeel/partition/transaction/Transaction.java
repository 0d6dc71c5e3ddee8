package dev.evenkeel.partition.transaction;

/**
 * A write transaction as its participants know it.
 *
 * @param home the group whose ledger decides it
 * @param timestamp its place in the order of all
 */
public record Transaction(TransactionId id, int home, long timestamp) {}
