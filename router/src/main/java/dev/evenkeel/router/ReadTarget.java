package dev.evenkeel.router;

import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.Projection;
import dev.evenkeel.model.StoreKey;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Query or Scan walks over: a table, a local index, which lies beside its table's items, or a global one, which is
 * a hidden table.
 *
 * @param index null for the table itself
 */
record ReadTarget(TableRoute route, @Nullable IndexSchema index) {

    /** @throws DynamoException validation, when there is no such index or it cannot be read so */
    static ReadTarget of(TableRoute route, @Nullable String indexName, boolean consistent) {
        if (indexName == null) {
            return new ReadTarget(route, null);
        }
        var index = route.schema()
                .index(indexName)
                .orElseThrow(
                        () -> DynamoException.validation("The table does not have the specified index: " + indexName));
        if (index.isGlobal()) {
            checkGlobal(route, index, consistent);
        }
        return new ReadTarget(route, index);
    }

    private static void checkGlobal(TableRoute route, IndexSchema index, boolean consistent) {
        if (consistent) {
            throw DynamoException.validation("Consistent reads are not supported on global secondary indexes");
        }
        route.table().globalIndex(index.name()).ifPresent(described -> {
            if (described.status() == IndexStatus.CREATING) {
                throw DynamoException.validation(
                        "Cannot read from backfilling global secondary index: " + index.name());
            }
        });
    }

    /** The key that orders it. */
    KeySchema key() {
        return index == null ? route.key() : index.key();
    }

    boolean isGlobal() {
        return index != null && index.isGlobal();
    }

    boolean isLocal() {
        return index != null && !index.isGlobal();
    }

    /** Whether entries carry less than the items behind them. */
    boolean isPartial() {
        return index != null && index.projection().kind() != Projection.Kind.ALL;
    }

    boolean projects(String attribute) {
        return index == null || index.projects(attribute, route.key());
    }

    /** The space of the store that holds its entries. */
    int space() {
        return isLocal() && index != null ? index.id() : StoreKey.ITEMS;
    }

    private int tableId() {
        return isGlobal() && index != null ? index.id() : route.table().id();
    }

    /** The partition that holds that position. */
    PartitionDescriptor partitionOf(byte[] position) {
        return route.image().partitionOf(tableId(), position);
    }

    /** The attributes of a start key: the table's key, then what the index's key adds. */
    Set<String> startKeyNames() {
        var names = new LinkedHashSet<>(route.key().names());
        names.addAll(key().names());
        return names;
    }

    /** Where the entry lies that has those key attributes. */
    byte[] positionOf(Item keyed) {
        return index == null ? Keys.position(keyed, route.key()) : index.positionOf(keyed, route.key());
    }
}
