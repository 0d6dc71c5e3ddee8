package dev.evenkeel.server;

import dev.evenkeel.http.DynamoHandler;
import java.util.Optional;

/** What stands behind an endpoint: a node by itself, or three zones in this process. */
interface Database extends DynamoHandler.Executor, AutoCloseable {

    /** Returns when the global indexes have every write that was answered before the call. */
    void awaitIndexes();

    /** Removes, at once, what has expired by now, and returns when it is gone from tables and indexes. */
    void awaitExpiry();

    /** Pages for operators; see {@link DynamoHandler.Pages}. */
    default Optional<byte[]> page(String path) {
        return Optional.empty();
    }

    @Override
    void close();
}
