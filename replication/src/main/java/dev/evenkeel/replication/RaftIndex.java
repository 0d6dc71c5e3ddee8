package dev.evenkeel.replication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in the segments a Raft group's entries are: four bytes an entry, eight while its segment grows. Not safe for
 * threads.
 */
final class RaftIndex {
    private static final int OFFSETS_MIN = 16;

    /** Entries of consecutive indexes in one segment. */
    private static final class Run {
        final Segment segment;
        final long first;
        /** Unsigned. */
        int[] offsets = new int[OFFSETS_MIN];

        int count;

        Run(Segment segment, long first) {
            this.segment = segment;
            this.first = first;
        }

        long last() {
            return first + count - 1;
        }

        void add(long offset) {
            if (count == offsets.length) {
                offsets = Arrays.copyOf(offsets, count * 2);
            }
            offsets[count++] = (int) offset;
        }
    }

    /** By index, without a gap, none empty. */
    private final List<Run> runs = new ArrayList<>();

    /** Adds the entry that follows the last one. */
    void add(Segment segment, long index, long offset) {
        var run = runs.isEmpty() ? null : runs.getLast();
        if (run == null || run.segment != segment) {
            if (run != null) {
                run.offsets = Arrays.copyOf(run.offsets, run.count);
            }
            run = new Run(segment, index);
            runs.add(run);
        }
        run.add(offset);
    }

    /** Null when it is not there. */
    Segments.@Nullable Place find(long index) {
        if (runs.isEmpty()
                || index < runs.getFirst().first
                || index > runs.getLast().last()) {
            return null;
        }
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).first <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        var run = runs.get(low);
        return new Segments.Place(run.segment, Integer.toUnsignedLong(run.offsets[(int) (index - run.first)]));
    }

    /** Forgets the segments that have only entries before an index. */
    void dropBefore(long firstKept) {
        int passed = 0;
        while (passed < runs.size() && runs.get(passed).last() < firstKept) {
            passed++;
        }
        runs.subList(0, passed).clear();
    }

    void dropAfter(long lastKept) {
        while (!runs.isEmpty() && runs.getLast().first > lastKept) {
            runs.removeLast();
        }
        if (!runs.isEmpty()) {
            var run = runs.getLast();
            run.count = (int) Math.min(run.count, lastKept - run.first + 1);
        }
    }

    void clear() {
        runs.clear();
    }

    boolean isIn(Segment segment) {
        for (var run : runs) {
            if (run.segment == segment) {
                return true;
            }
        }
        return false;
    }
}
