package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Ticker;
import java.util.Collection;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the items of a group's partitions expire, on the replica that leads it: in turns, a step of each partition that has
 * something to do, and a pause behind every step.
 *
 * <p>The pause is a multiple of what the step took. So at most a fifth of the group's time goes into it, and the busier the
 * node, the longer the steps and the pauses: a backlog waits, clients do not.
 */
final class ExpirySweeper {
    private static final Logger log = LoggerFactory.getLogger(ExpirySweeper.class);

    private static final int PAUSES_PER_STEP = 4;

    /** Bounds what a quick node does: some thousands of items a second. */
    private static final long PAUSE_NANOS_MIN = 10_000_000;

    /** A step that took longer met something else than load, such as another leader. */
    private static final long PAUSE_NANOS_MAX = 1_000_000_000;

    /** Before items are looked at again that a transaction holds. */
    private static final long HELD_NANOS = 1_000_000;

    private final Supplier<Collection<PartitionLeader>> partitions;
    private final Ticker ticker;
    private final Ticker machineTime;

    /**
     * @param ticker of the items' times
     * @param machineTime of pauses
     */
    ExpirySweeper(Supplier<Collection<PartitionLeader>> partitions, Ticker ticker, Ticker machineTime) {
        this.partitions = partitions;
        this.ticker = ticker;
        this.machineTime = machineTime;
    }

    /** Whether there is a partition to come back to. */
    boolean isWatching() {
        return partitions.get().stream()
                .anyMatch(partition -> partition.expiry().isWatched());
    }

    /**
     * One step of each partition that has something to do.
     *
     * @param pause told how many nanoseconds clients are to have for themselves now
     * @return whether there may be more to do
     * @throws dev.evenkeel.replication.ReplicationException when this replica does not lead, or ceases to
     */
    boolean pass(LongConsumer pause) {
        boolean isMore = false;
        for (var partition : partitions.get()) {
            long begunNanos = machineTime.nanos();
            if (hasStepped(partition, ticker.epochMillis())) {
                isMore = true;
                pause.accept(pauseAfter(machineTime.nanos() - begunNanos));
            }
        }
        return isMore;
    }

    static long pauseAfter(long stepNanos) {
        return Math.clamp(PAUSES_PER_STEP * stepNanos, PAUSE_NANOS_MIN, PAUSE_NANOS_MAX);
    }

    /**
     * Does all that is due by now, without pauses, but not for long.
     *
     * @return whether it is done
     */
    boolean finish(long nanosMax) {
        long begunNanos = machineTime.nanos();
        long now = ticker.epochMillis();
        while (!isDone(now)) {
            boolean isMore = false;
            for (var partition : partitions.get()) {
                isMore |= hasStepped(partition, now);
            }
            if (machineTime.nanos() - begunNanos >= nanosMax) {
                return false;
            }
            if (!isMore) {
                LockSupport.parkNanos(HELD_NANOS);
            }
        }
        return true;
    }

    private boolean isDone(long now) {
        return partitions.get().stream()
                .allMatch(partition -> partition.expiry().isDone(now));
    }

    private static boolean hasStepped(PartitionLeader partition, long now) {
        try {
            return partition.expiry().step(now);
        } catch (DynamoException gone) {
            log.debug("Nothing expires in partition {} now", partition.id(), gone);
            return false;
        }
    }
}
