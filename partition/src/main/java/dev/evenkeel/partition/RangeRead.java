package dev.evenkeel.partition;

import dev.evenkeel.expression.Condition;
import org.jspecify.annotations.Nullable;

/**
 * A read of neighbouring entries.
 *
 * @param space {@link dev.evenkeel.model.StoreKey#ITEMS}, or the number of a local index
 * @param from the first position, inclusive
 * @param to the end, exclusive; null for no end
 * @param forward whether from {@code from} up, else from {@code to} down
 * @param filter what an entry must match to be returned; null returns all
 * @param itemsMax entries evaluated at most, matching or not
 * @param bytesMax the read stops behind the entry with which it has read that much
 * @param consistent whether every write acknowledged before the call must show
 * @param fetchItems whether each entry of a local index is followed to its item, which is then filtered and returned
 * @param keepItems whether the page carries items; false when only their number is asked for
 */
public record RangeRead(
        int space,
        byte[] from,
        byte @Nullable [] to,
        boolean forward,
        @Nullable Condition filter,
        int itemsMax,
        long bytesMax,
        boolean consistent,
        boolean fetchItems,
        boolean keepItems) {}
