package dev.evenkeel.partition;

import dev.evenkeel.expression.UpdateResult;
import dev.evenkeel.model.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a write did.
 *
 * @param before the item before, null when there was none
 * @param after the item after, null when there is none
 * @param update what an update touched; null for a put or delete
 * @param tableUnits write units charged to the table
 * @param indexUnits write units charged to each index whose entry changed, by index name
 * @param collectionBytes size of the item collection after the write, -1 for a table without local indexes
 */
public record WriteOutcome(
        @Nullable Item before,
        @Nullable Item after,
        @Nullable UpdateResult update,
        double tableUnits,
        Map<String, Double> indexUnits,
        long collectionBytes) {}
