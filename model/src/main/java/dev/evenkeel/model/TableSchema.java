package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the data path needs to know of a table: its key, its indexes and its change stream. Replaced whole when
 * an index or the stream comes or goes.
 *
 * @param id never used again for another table
 * @param stream null while changes are not recorded
 */
public record TableSchema(
        int id,
        String name,
        KeySchema key,
        List<IndexSchema> localIndexes,
        List<IndexSchema> globalIndexes,
        @Nullable StreamSchema stream) {
    public TableSchema {
        localIndexes = List.copyOf(localIndexes);
        globalIndexes = List.copyOf(globalIndexes);
    }

    /** Without a stream. */
    public TableSchema(
            int id, String name, KeySchema key, List<IndexSchema> localIndexes, List<IndexSchema> globalIndexes) {
        this(id, name, key, localIndexes, globalIndexes, null);
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
