package dev.evenkeel.metadata.memds;

/** What a MemDS server says to a lookup. */
public sealed interface LookupAnswer {

    record Found(Route route) implements LookupAnswer {}

    /** The server has started and does not know everything yet; another one may. */
    record NotYet() implements LookupAnswer {}

    /** The server knows no partition there: the table is new, or gone, or half of a split has not been told yet. */
    record Unknown() implements LookupAnswer {}
}
