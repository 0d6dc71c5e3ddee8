package dev.evenkeel.verify.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** How often what happened: random tests quietly stop testing when their generator drifts, and this shows it. */
final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    void count(String event) {
        counts.merge(event, 1, Integer::sum);
    }

    void countIf(boolean happened, String event) {
        if (happened) {
            count(event);
        }
    }

    /** Of these events, the ones that never came. */
    Set<String> missing(Set<String> events) {
        var missing = new TreeSet<>(events);
        missing.removeAll(counts.keySet());
        return missing;
    }

    void add(Tally other) {
        other.counts.forEach((event, count) -> counts.merge(event, count, Integer::sum));
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
