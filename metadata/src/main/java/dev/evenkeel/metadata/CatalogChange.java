package dev.evenkeel.metadata;

import dev.evenkeel.model.KeyAttribute;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One change of the catalog, as it stands in the log. Whatever depends on a clock or on chance is in the change, so that
 * every replica comes to the same image.
 *
 * <p>A change may be refused when it is applied: the answer is then a {@link dev.evenkeel.model.DynamoException} with
 * DynamoDB's words, a {@link StaleTableException}, or for what concerns the cluster a {@link RefusedChangeException}.
 */
public sealed interface CatalogChange
        permits CatalogChange.CreateTable,
                CatalogChange.Guarded,
                CatalogChange.TableChange,
                StreamChange,
                ClusterChange {

    /** A new table, CREATING. Refused with ResourceInUseException when the name is taken. */
    record CreateTable(TableDefinition definition, Placement placement) implements CatalogChange {}

    /**
     * Several changes of one table, all or none, made from what the proposer saw.
     *
     * @param tableVersion {@link Table#version()} as the proposer saw it, or {@link #ANY_VERSION}; refused with
     *     {@link StaleTableException} when the table has changed since
     */
    record Guarded(int tableId, long tableVersion, List<TableChange> changes) implements CatalogChange {
        /** For changes that hold whatever happened to the table in between. */
        public static final long ANY_VERSION = 0;

        public Guarded {
            changes = List.copyOf(changes);
            for (var change : changes) {
                if (change.tableId() != tableId) {
                    throw new IllegalArgumentException("of table " + tableId + ", not " + change);
                }
            }
        }
    }

    /** A change of one table. Refused with ResourceNotFoundException when it or its index is gone. */
    sealed interface TableChange extends CatalogChange {
        int tableId();
    }

    record SetTableStatus(int tableId, TableStatus status) implements TableChange {}

    /** Everything that can be set on a table, as it shall be. */
    record SetTableSettings(int tableId, TableSettings settings) implements TableChange {}

    /**
     * What the table and its indexes were becoming, they are now: pending throughput is in force, UPDATING is ACTIVE, and
     * a CREATING table is ACTIVE with all its indexes. An index that comes or goes on a living table is left alone, and
     * keeps the table UPDATING except while it is only backfilled. A table being deleted stays so.
     */
    record FinishTransition(int tableId, Instant at) implements TableChange {}

    /**
     * A new global index, CREATING, not yet backfilling.
     *
     * @param attributes the attribute definitions it needs; for names already defined the table's own stand
     */
    record AddIndex(int tableId, IndexDefinition definition, List<KeyAttribute> attributes, Placement placement)
            implements TableChange {
        public AddIndex {
            attributes = List.copyOf(attributes);
        }
    }

    record SetIndexStatus(int tableId, String indexName, IndexStatus status, boolean backfilling)
            implements TableChange {}

    /** Everything that can be set on a global index, as it shall be. */
    record SetIndexSettings(int tableId, String indexName, IndexSettings settings) implements TableChange {}

    /** The index and its partitions are no more. */
    record DropIndex(int tableId, String indexName) implements TableChange {}

    /** Adds tags or replaces their values. Refused when the table would have more than 50. */
    record Tag(int tableId, Map<String, String> tags) implements TableChange {
        public Tag {
            tags = Map.copyOf(tags);
        }
    }

    /** Takes tags away; keys that are not there are ignored, as DynamoDB does. */
    record Untag(int tableId, List<String> keys) implements TableChange {
        public Untag {
            keys = List.copyOf(keys);
        }
    }

    /** Items expire like that from now on, or no longer. */
    record SetTimeToLive(int tableId, TimeToLive timeToLive) implements TableChange {}

    /**
     * ENABLING is ENABLED, and what is DISABLING is no more.
     *
     * @param followed what all leaders follow by now; nothing happens when the table has something else by then
     */
    record SettleTimeToLive(int tableId, TimeToLive followed) implements TableChange {}

    /** The table, its indexes and all their partitions are no more. */
    record DropTable(int tableId) implements TableChange {}
}
