package dev.evenkeel.router.table;

import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.PartitionLifecycle;
import dev.evenkeel.metadata.Table;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows which partitions should be open, and finishes a backfill when the test says so. Fails when it is told to. */
final class RecordingPartitions implements PartitionLifecycle {
    final Set<Long> open = new TreeSet<>();
    private final Map<Integer, Runnable> backfills = new TreeMap<>();
    int failures;

    private void fail() {
        if (failures > 0) {
            failures--;
            throw new IllegalStateException("no room for partitions");
        }
    }

    @Override
    public void open(Table table, List<PartitionDescriptor> partitions) {
        fail();
        partitions.forEach(partition -> open.add(partition.id()));
    }

    @Override
    public void openIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        fail();
        partitions.forEach(partition -> open.add(partition.id()));
    }

    @Override
    public void startBackfill(Table table, GlobalIndex index, Runnable whenDone) {
        if (backfills.put(index.id(), whenDone) != null) {
            throw new AssertionError("index " + index.name() + " is backfilled twice");
        }
    }

    @Override
    public void dropIndex(Table table, GlobalIndex index, List<PartitionDescriptor> partitions) {
        fail();
        backfills.remove(index.id());
        partitions.forEach(partition -> open.remove(partition.id()));
    }

    @Override
    public void drop(Table table, List<PartitionDescriptor> partitions) {
        fail();
        partitions.forEach(partition -> open.remove(partition.id()));
    }

    @Override
    public void followSchema(Table table, List<PartitionDescriptor> partitions) {
        fail();
    }

    @Override
    public Map<Integer, Long> marks(Set<Integer> groupIds) {
        fail();
        var marks = new TreeMap<Integer, Long>();
        groupIds.forEach(group -> marks.put(group, 1L));
        return marks;
    }

    int backfills() {
        return backfills.size();
    }

    /** What a restart does to backfills that run. */
    void forgetBackfills() {
        backfills.clear();
    }

    void finishBackfills() {
        for (int id : List.copyOf(backfills.keySet())) {
            finish(id);
        }
    }

    void finishAny(Random random) {
        var ids = List.copyOf(backfills.keySet());
        if (!ids.isEmpty()) {
            finish(ids.get(random.nextInt(ids.size())));
        }
    }

    private void finish(int id) {
        var whenDone = backfills.remove(id);
        if (whenDone != null) {
            whenDone.run();
        }
    }
}
