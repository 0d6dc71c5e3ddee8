package dev.evenkeel.verify.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The tables of one run, the same names at every target, and how they are read.
 *
 * @param items partition key only, one item a key
 * @param collections partition and sort key, {@link Requests#COLLECTION_ITEMS} items a partition key
 * @param spread as many tables like {@code items} as a transaction has items
 */
record Tables(String items, String collections, List<String> spread, boolean consistentReads) {
    Tables {
        spread = List.copyOf(spread);
    }

    /** @param suffix keeps the tables of runs at the same endpoint apart */
    static Tables of(String suffix, boolean consistentReads) {
        return new Tables(
                "evenkeel-bench-items-" + suffix,
                "evenkeel-bench-collections-" + suffix,
                IntStream.range(0, Requests.TRANSACTION_ITEMS)
                        .mapToObj(i -> "evenkeel-bench-spread" + i + "-" + suffix)
                        .toList(),
                consistentReads);
    }
}
