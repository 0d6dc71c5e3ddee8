package dev.evenkeel.verify.bench;

/**
 * The tables of one run, the same names at every target, and how they are read.
 *
 * @param items partition key only, one item a key
 * @param collections partition and sort key, {@link Requests#COLLECTION_ITEMS} items a partition key
 */
record Tables(String items, String collections, boolean consistentReads) {

    /** @param suffix keeps the tables of runs at the same endpoint apart */
    static Tables of(String suffix, boolean consistentReads) {
        return new Tables("evenkeel-bench-items-" + suffix, "evenkeel-bench-collections-" + suffix, consistentReads);
    }
}
