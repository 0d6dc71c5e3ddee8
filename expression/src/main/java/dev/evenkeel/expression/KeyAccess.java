package dev.evenkeel.expression;

import java.util.List;

/** How the items of a SELECT are found. */
public sealed interface KeyAccess {

    /** Why so, for a reader of the trace. */
    String reason();

    /** Whether WHERE must be asked of each item that is found. */
    boolean filtered();

    /**
     * By key: under one condition after the other, none of which selects what another does.
     *
     * @param keyed whether WHERE demands the partition key of every item, and does not offer it as one of several ways
     * @param forward whether sort keys ascend
     */
    record Lookups(List<KeyCondition> conditions, boolean filtered, boolean keyed, boolean forward, String reason)
            implements KeyAccess {
        public Lookups {
            conditions = List.copyOf(conditions);
        }
    }

    /** By looking at everything. */
    record Everything(boolean filtered, String reason) implements KeyAccess {}
}
