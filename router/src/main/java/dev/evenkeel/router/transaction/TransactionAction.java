package dev.evenkeel.router.transaction;

import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.TransactionWrite;

/** One action of a write transaction, and the group whose partition has its item. */
public record TransactionAction(int groupId, long partitionId, ItemWrite write) {
    TransactionWrite toWrite() {
        return new TransactionWrite(partitionId, write);
    }
}
