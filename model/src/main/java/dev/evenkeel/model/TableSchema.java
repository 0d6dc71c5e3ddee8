package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the data path needs to know of a table: its key, its indexes, its change stream and when items expire. Replaced
 * whole when any of these comes or goes.
 *
 * @param id never used again for another table
 * @param stream null while changes are not recorded
 * @param expiry null while items stay until they are deleted
 */
public record TableSchema(
        int id,
        String name,
        KeySchema key,
        List<IndexSchema> localIndexes,
        List<IndexSchema> globalIndexes,
        @Nullable StreamSchema stream,
        @Nullable ExpirySchema expiry) {
    public TableSchema {
        localIndexes = List.copyOf(localIndexes);
        globalIndexes = List.copyOf(globalIndexes);
    }

    /** Without a stream, and nothing expires. */
    public TableSchema(
            int id, String name, KeySchema key, List<IndexSchema> localIndexes, List<IndexSchema> globalIndexes) {
        this(id, name, key, localIndexes, globalIndexes, null, null);
    }

    public TableSchema withGlobalIndexes(List<IndexSchema> next) {
        return new TableSchema(id, name, key, localIndexes, next, stream, expiry);
    }

    public TableSchema withStream(@Nullable StreamSchema next) {
        return new TableSchema(id, name, key, localIndexes, globalIndexes, next, expiry);
    }

    public TableSchema withExpiry(@Nullable ExpirySchema next) {
        return new TableSchema(id, name, key, localIndexes, globalIndexes, stream, next);
    }

    public Optional<IndexSchema> index(String indexName) {
        return indexes().stream()
                .filter(index -> index.name().equals(indexName))
                .findFirst();
    }

    /** All indexes, local ones first. */
    public List<IndexSchema> indexes() {
        var all = new ArrayList<>(localIndexes);
        all.addAll(globalIndexes);
        return all;
    }
}
