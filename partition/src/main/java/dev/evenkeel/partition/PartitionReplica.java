package dev.evenkeel.partition;

import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * One partition as the router sees it: here in the process, or behind a connection. All methods block, which costs a
 * virtual thread nothing, and may be called from any number of threads.
 *
 * <p>Failures a client can meet come as {@link dev.evenkeel.model.DynamoException}.
 */
public interface PartitionReplica {

    /**
     * Checks the condition against the latest state, writes, and returns when the write is durable and applied.
     *
     * @throws dev.evenkeel.model.DynamoException when the condition fails, or the outcome may not be stored
     */
    WriteOutcome write(ItemWrite write);

    /**
     * The item at that position, or null.
     *
     * @param consistent whether every write acknowledged before the call must show
     */
    @Nullable
    Item get(byte[] position, boolean consistent);

    /** The entries of a range, as far as they lie in this partition. */
    RangePage read(RangeRead read);

    /**
     * How much one space of the partition holds.
     *
     * @param space {@link dev.evenkeel.model.StoreKey#ITEMS} or the number of a local index
     */
    PartitionStatistics statistics(int space);
}
