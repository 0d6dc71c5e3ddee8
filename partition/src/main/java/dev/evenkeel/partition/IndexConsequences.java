package dev.evenkeel.partition;

import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What replacing one item by another does to the indexes of its table: mutations of local indexes, which go into the
 * same batch, changes for global ones, which follow the log, and the write units each is charged (Developer Guide,
 * "Provisioned throughput considerations for global secondary indexes").
 */
final class IndexConsequences {
    final List<Mutation> localMutations = new ArrayList<>();
    final List<IndexChange> globalChanges = new ArrayList<>();
    final Map<String, Double> units = new LinkedHashMap<>();
    final List<SizeDelta> localDeltas = new ArrayList<>();
    /** Bytes of all local index entries of the item after the write. */
    long localBytesAfter;

    private final TableSchema schema;

    /** Growth of the local indexes' entries in bytes. */
    long localBytesDelta() {
        return localDeltas.stream().mapToLong(SizeDelta::bytes).sum();
    }

    private IndexConsequences(TableSchema schema) {
        this.schema = schema;
    }

    static IndexConsequences of(TableSchema schema, @Nullable Item before, @Nullable Item after) {
        var consequences = new IndexConsequences(schema);
        for (var index : schema.localIndexes()) {
            consequences.local(index, Entry.of(index, schema, before), Entry.of(index, schema, after));
        }
        for (var index : schema.globalIndexes()) {
            consequences.global(index, Entry.of(index, schema, before), Entry.of(index, schema, after));
        }
        return consequences;
    }

    /** An item's entry in an index and where it lies. */
    private record Entry(byte[] position, Item item) {
        static @Nullable Entry of(IndexSchema index, TableSchema schema, @Nullable Item item) {
            var entry = item == null ? null : index.entryFor(item, schema.key());
            return entry == null ? null : new Entry(index.positionOf(entry, schema.key()), entry);
        }

        static int bytes(@Nullable Entry entry) {
            return entry == null ? 0 : entry.item.sizeBytes();
        }

        boolean sameAs(@Nullable Entry other) {
            return other != null && samePlaceAs(other) && item.equals(other.item);
        }

        boolean samePlaceAs(Entry other) {
            return Arrays.equals(position, other.position);
        }
    }

    private void local(IndexSchema index, @Nullable Entry before, @Nullable Entry after) {
        localBytesAfter += Entry.bytes(after);
        if (!changes(before, after)) {
            return;
        }
        localDeltas.add(new SizeDelta(
                index.id(),
                (after == null ? 0 : 1) - (before == null ? 0 : 1),
                Entry.bytes(after) - Entry.bytes(before)));
        units.put(index.name(), unitsFor(before, after));
        if (before != null && (after == null || !before.samePlaceAs(after))) {
            localMutations.add(new Mutation(StoreKey.of(schema.id(), index.id(), before.position), null));
        }
        if (after != null) {
            localMutations.add(new Mutation(StoreKey.of(schema.id(), index.id(), after.position), after.item.bytes()));
        }
    }

    private void global(IndexSchema index, @Nullable Entry before, @Nullable Entry after) {
        if (!changes(before, after)) {
            return;
        }
        units.put(index.name(), unitsFor(before, after));
        boolean moved = before != null && (after == null || !before.samePlaceAs(after));
        globalChanges.add(new IndexChange(
                index.id(),
                moved && before != null ? before.position : null,
                after == null ? null : after.position,
                after == null ? null : after.item));
    }

    private static boolean changes(@Nullable Entry before, @Nullable Entry after) {
        return before == null ? after != null : !before.sameAs(after);
    }

    /** Insert, delete: the entry. In place: the larger of the two. Moved: both. */
    private static double unitsFor(@Nullable Entry before, @Nullable Entry after) {
        if (before != null && after != null && before.samePlaceAs(after)) {
            return CapacityUnits.forWrite(Math.max(Entry.bytes(before), Entry.bytes(after)));
        }
        return (before == null ? 0 : CapacityUnits.forWrite(Entry.bytes(before)))
                + (after == null ? 0 : CapacityUnits.forWrite(Entry.bytes(after)));
    }
}
