package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The beginnings and deadlines of the steps that have not taken place yet, in order of time, as a doubly linked list: a
 * step is taken out and put back in constant time (Lowe, "Testing for linearizability", 2017). What begins before the first
 * deadline may be next.
 */
final class Timeline {
    /** Before the first entry and behind the last. */
    private static final int EDGE = 0;

    private record Entry(int step, boolean isDeadline, long nanos) {}

    private final List<Entry> entries;
    private final int[] next;
    private final int[] previous;
    private final int[] beginnings;
    private final int[] deadlines;

    Timeline(List<Step> steps) {
        entries = sortedEntries(steps);
        next = new int[entries.size() + 1];
        previous = new int[entries.size() + 1];
        beginnings = new int[steps.size()];
        deadlines = new int[steps.size()];
        for (int place = 0; place <= entries.size(); place++) {
            next[place] = place == entries.size() ? EDGE : place + 1;
            previous[place] = place == EDGE ? entries.size() : place - 1;
        }
        for (int place = 1; place <= entries.size(); place++) {
            var entry = entry(place);
            (entry.isDeadline ? deadlines : beginnings)[entry.step] = place;
        }
    }

    /** At the same moment beginnings come first: then the two overlap, which allows more. */
    private static List<Entry> sortedEntries(List<Step> steps) {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < steps.size(); i++) {
            entries.add(new Entry(i, false, steps.get(i).operation().invokedNanos()));
            entries.add(new Entry(i, true, steps.get(i).deadlineNanos()));
        }
        entries.sort(Comparator.comparingLong(Entry::nanos).thenComparing(Entry::isDeadline));
        return entries;
    }

    private Entry entry(int place) {
        return entries.get(place - 1);
    }

    boolean isEmpty() {
        return next[EDGE] == EDGE;
    }

    int first() {
        return next[EDGE];
    }

    int after(int place) {
        return next[place];
    }

    int stepAt(int place) {
        return entry(place).step;
    }

    boolean isDeadline(int place) {
        return entry(place).isDeadline;
    }

    long nanosAt(int place) {
        return entry(place).nanos;
    }

    int beginningOf(int step) {
        return beginnings[step];
    }

    void takeOut(int step) {
        unlink(beginnings[step]);
        unlink(deadlines[step]);
    }

    /** Undoes the latest {@link #takeOut} that has not been undone. */
    void putBack(int step) {
        link(deadlines[step]);
        link(beginnings[step]);
    }

    private void unlink(int place) {
        next[previous[place]] = next[place];
        previous[next[place]] = previous[place];
    }

    private void link(int place) {
        next[previous[place]] = place;
        previous[next[place]] = place;
    }
}
