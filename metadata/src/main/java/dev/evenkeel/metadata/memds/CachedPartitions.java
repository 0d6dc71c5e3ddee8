package dev.evenkeel.metadata.memds;

import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of partitions, found by any position they hold.
 *
 * <p>When there are too many, a hand goes round in the order of the keys and takes the first one that has not been asked
 * for since it last came by. That keeps what is used about as well as a list in the order of use would, and a hit writes
 * nothing but a flag.
 */
final class CachedPartitions {
    private final int partitionsMax;
    private final ConcurrentSkipListMap<Position, Slot> byFrom = new ConcurrentSkipListMap<>();
    private int size; // guarded by this
    private @Nullable Position hand; // guarded by this; null before the first time

    CachedPartitions(int partitionsMax) {
        if (partitionsMax < 1) {
            throw new IllegalArgumentException("no room for a partition");
        }
        this.partitionsMax = partitionsMax;
    }

    /** The partition that holds that position, if it is here. */
    @Nullable
    PlacedPartition find(int tableId, byte[] position) {
        var slot = slotOf(tableId, position);
        if (slot == null) {
            return null;
        }
        if (!slot.used) { // most are: do not take the cache line from the others
            slot.used = true;
        }
        return slot.placed;
    }

    private @Nullable Slot slotOf(int tableId, byte[] position) {
        var floor = byFrom.floorEntry(new Position(tableId, position));
        return floor != null
                        && floor.getKey().tableId == tableId
                        && floor.getValue().placed.partition().contains(position)
                ? floor.getValue()
                : null;
    }

    /** Takes it in, unless something newer is here. */
    void learn(PlacedPartition placed) {
        var from = Position.firstOf(placed);
        var known = byFrom.get(from);
        if (known == null || placed.supersedes(known.placed)) { // most refreshes bring nothing new
            put(from, placed);
        }
    }

    private synchronized void put(Position from, PlacedPartition placed) {
        var known = byFrom.get(from);
        if (known != null) {
            if (placed.supersedes(known.placed)) {
                known.placed = placed;
            }
            return;
        }
        forgetCut(placed);
        byFrom.put(from, new Slot(placed));
        size++;
        while (size > partitionsMax) {
            evict(from);
        }
    }

    /** Partitions are split, never joined: one that reaches over the beginning of another has been cut there since. */
    private void forgetCut(PlacedPartition placed) {
        var partition = placed.partition();
        var before = slotOf(partition.tableId(), partition.from());
        if (before != null) {
            remove(Position.firstOf(before.placed));
        }
    }

    /** Takes one out, but not the one that has just come. */
    private void evict(Position newcomer) {
        for (int steps = 0; steps <= 2 * size; steps++) { // after one round every flag is down
            var next = hand == null ? null : byFrom.higherEntry(hand);
            var candidate = next == null ? byFrom.firstEntry() : next;
            hand = candidate.getKey();
            if (candidate.getValue().used) {
                candidate.getValue().used = false;
            } else if (!hand.equals(newcomer)) {
                remove(hand);
                return;
            }
        }
        remove(byFrom.firstKey()); // others keep asking for all of them faster than the hand goes round
    }

    /** Forgets the partition that holds that position, if it is here. */
    synchronized void forget(int tableId, byte[] position) {
        var slot = slotOf(tableId, position);
        if (slot != null) {
            remove(Position.firstOf(slot.placed));
        }
    }

    private void remove(Position from) {
        if (byFrom.remove(from) != null) {
            size--;
        }
    }

    synchronized int size() {
        return size;
    }

    private static final class Slot {
        private volatile PlacedPartition placed;
        private volatile boolean used;

        Slot(PlacedPartition placed) {
            this.placed = placed;
        }
    }

    private record Position(int tableId, byte[] bytes) implements Comparable<Position> {
        private static final Comparator<Position> ORDER =
                Comparator.comparingInt(Position::tableId).thenComparing(Position::bytes, Arrays::compareUnsigned);

        static Position firstOf(PlacedPartition placed) {
            return new Position(placed.partition().tableId(), placed.partition().from());
        }

        @Override
        public int compareTo(Position other) {
            return ORDER.compare(this, other);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Position that && compareTo(that) == 0;
        }

        @Override
        public int hashCode() {
            return 31 * tableId + Arrays.hashCode(bytes);
        }
    }
}
