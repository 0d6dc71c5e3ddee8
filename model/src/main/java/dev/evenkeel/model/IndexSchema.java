package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of one secondary index.
 *
 * @param id a local index's number within its table, 1 to 5; a global index's own table id, its entries being a hidden
 *     table with partitions of its own
 */
public record IndexSchema(String name, Kind kind, int id, KeySchema key, Projection projection) {

    /** Bytes of a partition key attribute and of a sort key attribute (Developer Guide, "Quotas"). */
    private static final int PARTITION_KEY_BYTES_MAX = 2_048;

    private static final int SORT_KEY_BYTES_MAX = 1_024;

    public enum Kind {
        LOCAL,
        GLOBAL
    }

    public boolean isGlobal() {
        return kind == Kind.GLOBAL;
    }

    /**
     * The entry this index has for that item: its projected attributes, always with the keys of table and index. Null
     * when the item lacks a key attribute of the index, or has it in another type, empty or too long, as an item written
     * before the index was created may: the index is sparse.
     */
    public @Nullable Item entryFor(Item item, KeySchema tableKey) {
        for (var attribute : key.attributes()) {
            if (item.typeOf(attribute.name()) != attribute.type() || isUnfit(attribute, item.get(attribute.name()))) {
                return null;
            }
        }
        if (projection.kind() == Projection.Kind.ALL) {
            return item;
        }
        var names = new LinkedHashSet<>(key.names());
        names.addAll(tableKey.names());
        names.addAll(projection.nonKeyAttributes());
        return item.only(names);
    }

    private boolean isUnfit(KeyAttribute attribute, @Nullable AttributeValue value) {
        int bytes = value == null ? 0 : value.sizeBytes();
        return bytes == 0 || bytes > keyBytesMax(attribute);
    }

    /** The most bytes that this key attribute of the index may have. */
    public int keyBytesMax(KeyAttribute attribute) {
        return key.partitionKey().contains(attribute) ? PARTITION_KEY_BYTES_MAX : SORT_KEY_BYTES_MAX;
    }

    /** Whether an entry carries the attribute of that name, when the item has it. */
    public boolean projects(String name, KeySchema tableKey) {
        return projection.kind() == Projection.Kind.ALL
                || projection.nonKeyAttributes().contains(name)
                || key.names().contains(name)
                || tableKey.names().contains(name);
    }

    /** Where that entry lies: the index key, then the table's key, which makes it distinct. */
    public byte[] positionOf(Item entry, KeySchema tableKey) {
        var tail = new ArrayList<>(Keys.values(entry, key.sortKey()));
        tail.addAll(Keys.values(entry, tableKey.attributes()));
        return KeyEncoding.position(Keys.values(entry, key.partitionKey()), List.copyOf(tail));
    }
}
