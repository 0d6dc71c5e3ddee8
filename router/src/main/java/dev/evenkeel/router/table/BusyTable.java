package dev.evenkeel.router.table;

import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.DynamoException;
import java.util.stream.Collectors;

/** What cannot be done to a table or index while something else is being done to it, in DynamoDB's words. */
final class BusyTable {
    private BusyTable() {}

    static DynamoException inUse(Table table, String why) {
        return Refusals.inUse(why + ". Table: " + table.name());
    }

    static void requireNotComingOrGoing(Table table) {
        if (table.status() == TableStatus.CREATING) {
            throw Refusals.beingCreated(table);
        }
        if (table.status() == TableStatus.DELETING) {
            throw Refusals.beingDeleted(table);
        }
    }

    static void requireSteadyThroughput(Table table) {
        if (table.status() != TableStatus.UPDATING) {
            return;
        }
        refuseWhileIndexes(table, "Can't change table IOPS when an index is being ");
        throw inUse(table, "Table IOPS are currently being updated");
    }

    static void requireSteadyForStream(Table table) {
        if (table.status() != TableStatus.UPDATING) {
            return;
        }
        refuseWhileIndexes(table, "Can't change stream status when an index is being ");
        throw inUse(table, "Can't enable or disable stream while table IOPS are being updated");
    }

    static void requireSteadyForIndexes(Table table) {
        if (table.status() == TableStatus.UPDATING) {
            throw inUse(table, "Can't create or delete indexes while table IOPS are being updated");
        }
    }

    private static void refuseWhileIndexes(Table table, String sentence) {
        var holding =
                table.globalIndexes().stream().filter(GlobalIndex::holdsTable).toList();
        if (!holding.isEmpty()) {
            var what = holding.getFirst().status() == IndexStatus.DELETING ? "deleted" : "created";
            var names = holding.stream().map(GlobalIndex::name).collect(Collectors.joining(", ", "[", "]"));
            throw Refusals.inUse(sentence + what + ". Table: " + table.name() + " Indexes: " + names);
        }
    }

    /** Whether an index can be updated: neither on its way out nor being updated, nor without partitions yet. */
    static void requireSteady(Table table, GlobalIndex index) {
        var where = ". Table: " + table.name() + " Index: " + index.name();
        if (index.status() == IndexStatus.DELETING) {
            throw Refusals.inUse("Index is being deleted" + where);
        }
        if (index.status() == IndexStatus.UPDATING) {
            throw Refusals.inUse("Index is being updated" + where);
        }
        if (index.holdsTable()) {
            throw Refusals.inUse("Index is being created but is not backfilling yet" + where);
        }
    }

    static void requireDeletable(Table table, GlobalIndex index) {
        if (index.status() == IndexStatus.CREATING && !index.backfilling()) {
            throw Refusals.inUse("Index creation is in resource allocation phase. Retry deletion during backfilling"
                    + " phase or when the index is active. Table: " + table.name() + " Index: " + index.name());
        }
        if (index.status() != IndexStatus.CREATING) {
            requireSteady(table, index);
        }
    }

    static void requireDeletable(Table table) {
        requireNotComingOrGoing(table);
        if (table.globalIndexes().stream().anyMatch(index -> index.status() != IndexStatus.ACTIVE)) {
            throw Refusals.inUse("Cannot delete table while indexes are being created, updated, or deleted.");
        }
        if (table.status() == TableStatus.UPDATING) {
            throw Refusals.inUse("Table: " + table.name() + " is in the process of being updated.");
        }
    }
}
