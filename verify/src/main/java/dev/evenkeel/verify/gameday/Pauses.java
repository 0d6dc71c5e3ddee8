package dev.evenkeel.verify.gameday;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How long clients had to wait: the longest time in which no call to a table was answered. */
final class Pauses {
    private record Kind(String table, boolean isWrite) {}

    private final Map<Kind, long[]> answers = new HashMap<>();

    Pauses(Collection<Call> calls) {
        var byKind = new HashMap<Kind, List<Call>>();
        for (var call : calls) {
            if (call.isAnswered()) {
                byKind.computeIfAbsent(new Kind(call.table(), call.isWrite()), _ -> new ArrayList<>())
                        .add(call);
            }
        }
        byKind.forEach((kind, answered) -> answers.put(
                kind, answered.stream().mapToLong(Call::endedNanos).sorted().toArray()));
    }

    /** For each client the longest time from one answer to the next; it asks as soon as it has one, or at its pace. */
    static SortedMap<String, Long> longestByClient(Collection<Call> calls) {
        var byClient = new TreeMap<String, List<Long>>();
        for (var call : calls) {
            if (call.isAnswered()) {
                byClient.computeIfAbsent(call.client(), _ -> new ArrayList<>()).add(call.endedNanos());
            }
        }
        var longest = new TreeMap<String, Long>();
        byClient.forEach((client, moments) -> {
            var sorted = moments.stream().mapToLong(Long::longValue).sorted().toArray();
            longest.put(client, longestNanos(sorted, sorted[0], sorted[sorted.length - 1]));
        });
        return longest;
    }

    /** Of the table that waited longest. */
    long longestNanos(boolean isWrite, long fromNanos, long toNanos) {
        long longest = 0;
        for (var entry : answers.entrySet()) {
            if (entry.getKey().isWrite == isWrite) {
                longest = Math.max(longest, longestNanos(entry.getValue(), fromNanos, toNanos));
            }
        }
        return longest;
    }

    private static long longestNanos(long[] moments, long fromNanos, long toNanos) {
        long longest = 0;
        long last = fromNanos;
        for (long moment : moments) {
            if (moment > fromNanos && moment <= toNanos) {
                longest = Math.max(longest, moment - last);
                last = moment;
            }
        }
        return Math.max(longest, toNanos - last);
    }
}
