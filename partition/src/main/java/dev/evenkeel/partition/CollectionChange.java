package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyEncoding;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a write does to the size of its item collection. Sizes are kept only for tables with local indexes, where
 * DynamoDB reports and limits them; for other tables this is {@link #NONE}.
 *
 * @param position of the collection: the item's, without the sort key; empty for {@link #NONE}
 * @param bytesAfter items and local index entries after the write; -1 for {@link #NONE}
 * @param delta what the write adds
 */
record CollectionChange(Bytes position, int tableId, long bytesAfter, long delta) {
    private static final CollectionChange NONE = new CollectionChange(Bytes.EMPTY, 0, -1, 0);

    /** @param collectionBytes what the collection at a position holds now */
    static CollectionChange of(
            ToLongFunction<byte[]> collectionBytes,
            TableSchema schema,
            @Nullable Item before,
            @Nullable Item after,
            IndexConsequences consequences) {
        if (schema.localIndexes().isEmpty()) {
            return NONE;
        }
        var item = after == null ? before : after;
        if (item == null) {
            return NONE;
        }
        var position = KeyEncoding.position(Keys.values(item, schema.key().partitionKey()), List.of());
        long known = collectionBytes.applyAsLong(position);
        long delta =
                (long) WriteEvaluation.sizeOf(after) - WriteEvaluation.sizeOf(before) + consequences.localBytesDelta();
        return new CollectionChange(Bytes.wrap(position), schema.id(), known + delta, delta);
    }

    /** @throws dev.evenkeel.model.DynamoException when the collection grows beyond its limit */
    void checkLimit() {
        if (delta > 0 && bytesAfter > PartitionLeader.COLLECTION_BYTES_MAX) {
            throw PartitionLeader.collectionTooLarge();
        }
    }

    boolean isNone() {
        return position.length() == 0;
    }

    void addTo(List<Mutation> mutations) {
        if (!isNone()) {
            var key = StoreKey.of(tableId, StoreKey.COLLECTION_SIZES, position.array());
            mutations.add(new Mutation(key, bytesAfter == 0 ? null : PartitionStateMachine.longBytes(bytesAfter)));
        }
    }

    Pending.@Nullable Outcome<Long> remember(Pending<Long> pending) {
        if (isNone()) {
            return null;
        }
        var outcome = new Pending.Outcome<>(bytesAfter);
        pending.put(position.array(), outcome);
        return outcome;
    }

    /** Forgets whatever is under way for this collection: this change has been applied. */
    void forgetAll(Pending<Long> pending) {
        if (!isNone()) {
            pending.forget(position.array());
        }
    }

    void forget(Pending<Long> pending, Pending.@Nullable Outcome<Long> outcome) {
        if (outcome != null) {
            pending.remove(position.array(), outcome);
        }
    }
}
