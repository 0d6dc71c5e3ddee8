package dev.evenkeel.partition;

import dev.evenkeel.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a range read found.
 *
 * @param items the matching items in order; empty when the read did not keep them
 * @param scannedCount entries evaluated
 * @param matchedCount entries that matched
 * @param bytesRead bytes of the evaluated entries, as DynamoDB counts them
 * @param fetchedUnits read units of the items fetched behind local index entries, each rounded by itself
 * @param lastEntry the last entry evaluated, from which a next page's start key is made; null when none was
 * @param full whether it stopped at {@code itemsMax} or {@code bytesMax} rather than at the end of the range
 */
public record RangePage(
        List<Item> items,
        int scannedCount,
        int matchedCount,
        long bytesRead,
        double fetchedUnits,
        @Nullable Item lastEntry,
        boolean full) {
    public RangePage {
        items = List.copyOf(items);
    }
}
