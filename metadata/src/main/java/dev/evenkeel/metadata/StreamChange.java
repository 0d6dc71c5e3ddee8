package dev.evenkeel.metadata;

import java.time.Instant;
import java.util.Map;

/** A change of a stream beyond those that come with its table's settings. Nothing happens when the stream is gone. */
public sealed interface StreamChange extends CatalogChange {
    long streamId();

    /**
     * The stream's open shards are closed, and it is DISABLED.
     *
     * @param ends by group: the place in its log behind which no record of the stream stands
     */
    record EndStream(long streamId, Map<Integer, Long> ends, Instant at) implements StreamChange {
        public EndStream {
            ends = Map.copyOf(ends);
        }
    }

    /** The stream is no more, and its records are gone. */
    record DropStream(long streamId) implements StreamChange {}
}
