package dev.evenkeel.partition.stream;

import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import dev.evenkeel.storage.StoreBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change records of a group in the store of one of its replicas. They get there with the entries that they belong to,
 * in the same batch, so a replica has a change and its record or neither.
 */
public final class ChangeStore {
    /** Records looked at for one trim, so that the leader is not held up by a day of them. */
    private static final int TRIMMED_AT_ONCE_MAX = 100_000;

    private final OrderedStore store;

    public ChangeStore(OrderedStore store) {
        this.store = store;
    }

    /** Only committed records are here, so the answer is true for good, if not the newest. */
    public ChangesPage read(ChangesRead read) {
        long applied = store.appliedLsn(); // first: the walk shows all up to there, perhaps more
        var mark = trimmedThrough(read.shard());
        boolean isPastMark = mark.compareTo(read.after()) <= 0;
        if (!isPastMark && !read.fromHorizon()) {
            return new ChangesPage(List.of(), true, read.after());
        }
        return walk(read, isPastMark ? read.after() : mark, applied);
    }

    private ChangesPage walk(ChangesRead read, ChangePosition after, long applied) {
        var records = new ArrayList<ChangesPage.Stored>();
        long bytes = 0;
        try (var cursor =
                store.cursor(read.shard().recordAfter(after), read.shard().end(), Direction.FORWARD)) {
            while (cursor.next()) {
                var record = cursor.value();
                if (records.isEmpty() && ChangeRecord.millisOf(record) < read.keptSince()) {
                    if (read.fromHorizon()) {
                        continue;
                    }
                    return new ChangesPage(records, true, read.after());
                }
                boolean isFull = records.size() == read.recordsMax()
                        || (!records.isEmpty() && bytes + record.length > read.bytesMax());
                if (isFull) {
                    return new ChangesPage(records, false, records.getLast().position());
                }
                records.add(new ChangesPage.Stored(ShardKey.positionOf(cursor.key()), record));
                bytes += record.length;
            }
        }
        var last = records.isEmpty() ? after : records.getLast().position();
        var all = ChangePosition.behind(applied);
        return new ChangesPage(records, false, last.compareTo(all) > 0 ? last : all);
    }

    /** How far the shard has been trimmed: {@link ChangePosition#START} when it has not. */
    public ChangePosition trimmedThrough(ShardKey shard) {
        var mark = store.get(shard.trimMark());
        return mark == null ? ChangePosition.START : ChangePosition.of(mark, 0);
    }

    /** The last of the oldest records that are older than that; empty when there are none. */
    public Optional<ChangePosition> lastBefore(ShardKey shard, long keptSince) {
        var last = Optional.<ChangePosition>empty();
        int seen = 0;
        var from = shard.recordAfter(trimmedThrough(shard));
        try (var cursor = store.cursor(from, shard.end(), Direction.FORWARD)) {
            while (seen++ < TRIMMED_AT_ONCE_MAX && cursor.next() && ChangeRecord.millisOf(cursor.value()) < keptSince) {
                last = Optional.of(ShardKey.positionOf(cursor.key()));
            }
        }
        return last;
    }

    /** Takes the records up to that place away; with {@link ChangePosition#END} the shard altogether. */
    public void trim(StoreBatch batch, ShardKey shard, ChangePosition through) {
        if (through.equals(ChangePosition.END)) {
            batch.deleteRange(shard.prefix(), shard.end());
            batch.delete(shard.trimMark());
            return;
        }
        var before = trimmedThrough(shard);
        if (before.compareTo(through) < 0) {
            batch.deleteRange(shard.record(before), shard.recordAfter(through));
            batch.put(shard.trimMark(), through.toBytes());
        }
    }
}
