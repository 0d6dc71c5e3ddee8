package dev.evenkeel.router;

import dev.evenkeel.model.Item;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.PartitionReplica;
import dev.evenkeel.partition.PartitionStatistics;
import dev.evenkeel.partition.RangePage;
import dev.evenkeel.partition.RangeRead;
import dev.evenkeel.partition.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** A partition whose writes must pass {@code gate}, which may throw. */
record RefusingReplica(PartitionReplica inner, Runnable gate) implements PartitionReplica {
    @Override
    public WriteOutcome write(ItemWrite write) {
        gate.run();
        return inner.write(write);
    }

    @Override
    public @Nullable Item get(byte[] position, boolean consistent) {
        return inner.get(position, consistent);
    }

    @Override
    public RangePage read(RangeRead read) {
        return inner.read(read);
    }

    @Override
    public PartitionStatistics statistics(int space) {
        return inner.statistics(space);
    }
}
