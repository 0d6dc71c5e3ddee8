package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the data path needs to know of a table: its key and its indexes. Replaced whole when an index comes or goes.
 *
 * @param id never used again for another table
 */
public record TableSchema(
        int id, String name, KeySchema key, List<IndexSchema> localIndexes, List<IndexSchema> globalIndexes) {
    public TableSchema {
        localIndexes = List.copyOf(localIndexes);
        globalIndexes = List.copyOf(globalIndexes);
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
