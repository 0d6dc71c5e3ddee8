package dev.evenkeel.router;

import dev.evenkeel.api.shape.ItemCollectionMetrics;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.partition.WriteOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sizes of item collections as {@code ReturnItemCollectionMetrics} asks for them; only tables with local indexes have them. */
final class CollectionMetrics {
    private static final long GIGABYTE = 1L << 30;

    private CollectionMetrics() {}

    static boolean isWanted(@Nullable String mode) {
        return "SIZE".equals(mode);
    }

    /** @param keyed any item with the collection's partition key */
    static @Nullable ItemCollectionMetrics of(
            @Nullable String mode, TableRoute route, Item keyed, WriteOutcome outcome) {
        return isWanted(mode) && outcome.collectionBytes() >= 0
                ? new ItemCollectionMetrics(collectionKey(keyed, route.key()), sizeEstimate(outcome.collectionBytes()))
                : null;
    }

    static Item collectionKey(Item keyed, KeySchema schema) {
        var name = schema.partitionKey().getFirst().name(); // tables have one partition key attribute
        return keyed.filter(name::equals);
    }

    /** A range of one gigabyte, in gigabytes, that the size lies in. */
    private static List<Double> sizeEstimate(long bytes) {
        double below = Math.floorDiv(bytes, GIGABYTE);
        return List.of(below, below + 1);
    }
}
