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

    public enum Kind {
        LOCAL,
        GLOBAL
    }

    public boolean isGlobal() {
        return kind == Kind.GLOBAL;
    }

    /**
     * The entry this index has for that item: its projected attributes, always with the keys of table and index. Null
     * when the item lacks a key attribute of the index, or has it in another type or empty, as an item written before
     * the index was created may: the index is sparse.
     */
    public @Nullable Item entryFor(Item item, KeySchema tableKey) {
        for (var attribute : key.attributes()) {
            if (item.typeOf(attribute.name()) != attribute.type() || isEmpty(item.get(attribute.name()))) {
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

    private static boolean isEmpty(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> s.value().isEmpty();
            case AttributeValue.B b -> b.value().length() == 0;
            case null, default -> false;
        };
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
