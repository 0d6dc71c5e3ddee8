package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.transaction.PreparedItem;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The items of a partition that transactions hold, as of what its leader has proposed: in one term all of that is applied in
 * its order, or the term is over. A new leader reads them from its store. Guarded by the partition's owner.
 */
final class PreparedItems {
    private final Map<Bytes, PreparedItem> byPosition = new HashMap<>();

    /** Begins anew with what is stored. */
    void load(OrderedStore store, int tableId, KeyRange range) {
        byPosition.clear();
        var from = StoreKey.of(tableId, StoreKey.PREPARED_ITEMS, range.from());
        var to = range.to() == null
                ? StoreKey.of(tableId, StoreKey.PREPARED_ITEMS + 1, new byte[0])
                : StoreKey.of(tableId, StoreKey.PREPARED_ITEMS, range.to());
        try (var cursor = store.cursor(from, to, Direction.FORWARD)) {
            while (cursor.next()) {
                byPosition.put(Bytes.wrap(StoreKey.position(cursor.key())), PreparedItem.decode(cursor.value()));
            }
        }
    }

    /** What holds the item at that position; null when nothing does, as nearly always. */
    @Nullable
    PreparedItem get(byte[] position) {
        return byPosition.isEmpty() ? null : byPosition.get(Bytes.wrap(position));
    }

    Mutation put(int tableId, byte[] position, PreparedItem item) {
        byPosition.put(Bytes.wrap(position), item);
        return new Mutation(StoreKey.of(tableId, StoreKey.PREPARED_ITEMS, position), item.encode());
    }

    Mutation remove(int tableId, byte[] position) {
        byPosition.remove(Bytes.wrap(position));
        return new Mutation(StoreKey.of(tableId, StoreKey.PREPARED_ITEMS, position), null);
    }

    void forEach(BiConsumer<byte[], PreparedItem> each) {
        byPosition.forEach((position, item) -> each.accept(position.array(), item));
    }
}
