package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The shape of one secondary index.
 *
 * @param id a local index's number within its table, 1 to 5; a global index's own table id, its entries being a hidden
 *     table with partitions of its own
 */
public record IndexSchema(String name, Kind kind, int id, KeySchema key, Projection projection) {

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

    /** What a client is told whose value for that key attribute of the index is too long; empty when it is not. */
    public Optional<String> refusalOfSize(KeyAttribute attribute, AttributeValue value) {
        int bytes = value.sizeBytes();
        return bytes <= keyBytesMax(attribute)
                ? Optional.empty()
                : Optional.of("One or more parameter values were invalid: Size limit exceeded for Index Key "
                        + attribute.name() + " Actual Size: " + bytes + " bytes Max Size: " + keyBytesMax(attribute)
                        + " bytes IndexName: " + name);
    }

    private int keyBytesMax(KeyAttribute attribute) {
        return key.partitionKey().contains(attribute)
                ? KeySchema.PARTITION_KEY_BYTES_MAX
                : KeySchema.SORT_KEY_BYTES_MAX;
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
