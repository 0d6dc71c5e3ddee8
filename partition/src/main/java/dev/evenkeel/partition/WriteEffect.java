package dev.evenkeel.partition;

import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.stream.ChangeRecord;
import dev.evenkeel.partition.stream.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a write does to its partition: evaluated, and not proposed yet. */
final class WriteEffect {
    private static final byte[] NOTHING = {};

    private final TableSchema schema;
    private final byte[] position;
    private final @Nullable Item before;
    private final WriteEvaluation evaluation;
    private final IndexConsequences consequences;
    private final CollectionChange collection;

    private WriteEffect(
            TableSchema schema,
            byte[] position,
            @Nullable Item before,
            WriteEvaluation evaluation,
            IndexConsequences consequences,
            CollectionChange collection) {
        this.schema = schema;
        this.position = position;
        this.before = before;
        this.evaluation = evaluation;
        this.consequences = consequences;
        this.collection = collection;
    }

    /** @param collectionBytes what the item collection at a position holds, before the write */
    static WriteEffect of(
            TableSchema schema,
            byte[] position,
            @Nullable Item before,
            WriteEvaluation evaluation,
            ToLongFunction<byte[]> collectionBytes) {
        var consequences = IndexConsequences.of(schema, before, evaluation.after());
        var collection = CollectionChange.of(collectionBytes, schema, before, evaluation.after(), consequences);
        return new WriteEffect(schema, position, before, evaluation, consequences, collection);
    }

    /** @throws dev.evenkeel.model.DynamoException when the item or its collection would be too large for local indexes */
    void checkLimits() {
        if (!schema.localIndexes().isEmpty()) {
            PartitionLeader.checkItemWithIndexEntries(after(), consequences);
            collection.checkLimit();
        }
    }

    byte[] position() {
        return position;
    }

    @Nullable
    Item after() {
        return evaluation.after();
    }

    CollectionChange collection() {
        return collection;
    }

    /** Whether an item that was not there is still not there. */
    boolean isNothing() {
        return before == null && after() == null;
    }

    WriteOutcome outcome() {
        return new WriteOutcome(
                before,
                after(),
                evaluation.update(),
                CapacityUnits.forWrite(WriteEvaluation.chargedBytes(before, after())),
                consequences.units,
                collection.bytesAfter());
    }

    /** @param millis now, since the epoch: when the table's stream says it was */
    PartitionEntry.Write entry(long partitionId, long timestamp, long millis) {
        return entry(partitionId, timestamp, millis, List.of());
    }

    /** @param others changes that come with it */
    PartitionEntry.Write entry(long partitionId, long timestamp, long millis, List<Mutation> others) {
        var after = after();
        var mutations = new ArrayList<Mutation>(2 + others.size() + consequences.localMutations.size());
        mutations.addAll(others);
        mutations.add(
                new Mutation(StoreKey.of(schema.id(), StoreKey.ITEMS, position), after == null ? null : after.bytes()));
        mutations.addAll(consequences.localMutations);
        collection.addTo(mutations);
        enterTime(partitionId, mutations);
        record(partitionId, millis, mutations);
        return new PartitionEntry.Write(
                timestamp, schema.id(), partitionId, deltas(), mutations, consequences.globalChanges);
    }

    /** When the item's time comes, if items of the table expire. */
    private void enterTime(long partitionId, List<Mutation> mutations) {
        var expiry = schema.expiry();
        if (expiry == null) {
            return;
        }
        var was = expiry.secondOf(before);
        var is = expiry.secondOf(after());
        if (was.equals(is)) {
            return;
        }
        var key = new ExpiryKey(schema.id(), partitionId);
        was.ifPresent(second -> mutations.add(new Mutation(key.row(expiry.id(), second, position), null)));
        is.ifPresent(second -> mutations.add(new Mutation(key.row(expiry.id(), second, position), NOTHING)));
    }

    /** What the table's stream, if it has one, keeps of the change. */
    private void record(long partitionId, long millis, List<Mutation> mutations) {
        var stream = schema.stream();
        if (stream == null) {
            return;
        }
        var change = ChangeRecord.of(stream, schema.key(), before, after(), evaluation.isExpiry(), millis);
        if (change != null) {
            var shard = new ShardKey(schema.id(), partitionId, stream.id());
            mutations.add(new Mutation(shard.prefix(), change.encode()));
        }
    }

    private List<SizeDelta> deltas() {
        var item = new SizeDelta(
                StoreKey.ITEMS,
                (after() == null ? 0 : 1) - (before == null ? 0 : 1),
                WriteEvaluation.sizeOf(after()) - WriteEvaluation.sizeOf(before));
        if (item.isNothing()) {
            return consequences.localDeltas;
        }
        var deltas = new ArrayList<SizeDelta>(1 + consequences.localDeltas.size());
        deltas.add(item);
        deltas.addAll(consequences.localDeltas);
        return deltas;
    }
}
