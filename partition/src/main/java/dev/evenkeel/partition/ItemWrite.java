package dev.evenkeel.partition;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/** One write to one item, its key and its shape already validated against the table's schema. */
public sealed interface ItemWrite {

    /** Where the item lies: {@link dev.evenkeel.model.Keys#position}. */
    byte[] position();

    /** What must hold of the item as it is; null when nothing must. */
    @Nullable
    Condition condition();

    /** Whether a failed condition's error carries the item. */
    boolean returnItemOnConditionFailure();

    /** Replaces the item, or creates it. */
    record Put(byte[] position, Item item, @Nullable Condition condition, boolean returnItemOnConditionFailure)
            implements ItemWrite {}

    /**
     * Changes the item, or creates it from its key.
     *
     * @param key the key attributes alone
     */
    record Change(
            byte[] position,
            Item key,
            Update update,
            @Nullable Condition condition,
            boolean returnItemOnConditionFailure)
            implements ItemWrite {}

    /** Removes the item, if it is there. */
    record Delete(byte[] position, @Nullable Condition condition, boolean returnItemOnConditionFailure)
            implements ItemWrite {}

    /**
     * Removes an item whose time has come, if that still is so: the service does it, and the item's stream says so.
     *
     * @param second its time, since the epoch
     */
    record Expire(byte[] position, ExpirySchema expiry, long second) implements ItemWrite {
        @Override
        public @Nullable Condition condition() {
            return null;
        }

        @Override
        public boolean returnItemOnConditionFailure() {
            return false;
        }

        boolean isStillSo(@Nullable Item item) {
            var time = expiry.secondOf(item);
            return time.isPresent() && time.getAsLong() == second;
        }
    }

    /** Leaves the item as it is; only a transaction has them. */
    record Check(byte[] position, Condition condition, boolean returnItemOnConditionFailure) implements ItemWrite {}
}
