package dev.evenkeel.metadata;

import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A table as it was asked for: all of it but the ids, which the catalog gives out.
 *
 * @param localIndexes numbered from 1
 */
public record TableDefinition(
        String name,
        String arn,
        UUID uuid,
        Instant createdAt,
        KeySchema key,
        List<KeyAttribute> attributes,
        List<IndexSchema> localIndexes,
        List<IndexDefinition> globalIndexes,
        TableSettings settings,
        Map<String, String> tags) {
    public TableDefinition {
        attributes = List.copyOf(attributes);
        localIndexes = List.copyOf(localIndexes);
        globalIndexes = List.copyOf(globalIndexes);
        tags = Map.copyOf(tags);
    }
}
