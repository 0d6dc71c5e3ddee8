package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.StoreKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds index changes into one entry for an index partition: of several changes to one position only the last is
 * written, and the partition's count and bytes move by the difference to what is stored.
 */
final class IndexBatch {
    private final int indexTableId;
    private final Function<byte[], @Nullable Item> stored;
    private final Map<Bytes, Optional<Item>> latest = new LinkedHashMap<>();

    IndexBatch(int indexTableId, Function<byte[], @Nullable Item> stored) {
        this.indexTableId = indexTableId;
        this.stored = stored;
    }

    void add(IndexChange change) {
        if (change.removed() != null) {
            latest.put(Bytes.wrap(change.removed()), Optional.empty());
        }
        if (change.added() != null) {
            latest.put(Bytes.wrap(change.added()), Optional.ofNullable(change.entry()));
        }
    }

    PartitionEntry.Write entry(long partitionId) {
        var mutations = new ArrayList<Mutation>(latest.size());
        long items = 0;
        long bytes = 0;
        for (var change : latest.entrySet()) {
            var key = StoreKey.of(indexTableId, StoreKey.ITEMS, change.getKey().array());
            var before = stored.apply(key);
            var after = change.getValue().orElse(null);
            items += (after == null ? 0 : 1) - (before == null ? 0 : 1);
            bytes += WriteEvaluation.sizeOf(after) - WriteEvaluation.sizeOf(before);
            mutations.add(new Mutation(key, after == null ? null : after.bytes()));
        }
        var delta = new SizeDelta(StoreKey.ITEMS, items, bytes);
        return new PartitionEntry.Write(
                0, indexTableId, partitionId, delta.isNothing() ? List.of() : List.of(delta), mutations, List.of());
    }
}
