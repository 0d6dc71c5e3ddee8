/**
 * What a partition's leader and the ledger know of transactions: pure rules and records, without a lock or a log. They are
 * put to use in {@link dev.evenkeel.partition}; the protocol is in ARCHITECTURE.md, "Transactions".
 */
@NullMarked
package dev.evenkeel.partition.transaction;

import org.jspecify.annotations.NullMarked;
