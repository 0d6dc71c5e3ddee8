package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.StoreKey;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sizes of item collections as the writes of one log entry leave them, one after the other. */
final class CollectionSizes {
    private final Map<Bytes, Long> changed = new HashMap<>();

    /** What the collection at that position holds after the writes so far. */
    long bytes(PartitionLeader partition, byte[] position) {
        var known = changed.get(key(partition, position));
        return known == null ? partition.collectionBytes(position) : known;
    }

    void add(PartitionLeader partition, @Nullable WriteEffect effect) {
        if (effect != null && !effect.collection().isNone()) {
            var position = effect.collection().position().array();
            changed.put(key(partition, position), effect.collection().bytesAfter());
        }
    }

    private static Bytes key(PartitionLeader partition, byte[] position) {
        return Bytes.wrap(StoreKey.of(partition.schema().id(), StoreKey.COLLECTION_SIZES, position));
    }
}
