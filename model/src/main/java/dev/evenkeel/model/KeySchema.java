package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The key of a table or an index. A table and a local index have one partition key attribute and at most one sort key
 * attribute; a global index may have up to four of each (Developer Guide, "Multi-attribute keys").
 */
public record KeySchema(List<KeyAttribute> partitionKey, List<KeyAttribute> sortKey) {
    /** Bytes that the value of a partition key attribute may have (Developer Guide, "Quotas"). */
    public static final int PARTITION_KEY_BYTES_MAX = 2_048;

    /** Bytes that the value of a sort key attribute may have (Developer Guide, "Quotas"). */
    public static final int SORT_KEY_BYTES_MAX = 1_024;

    public KeySchema {
        partitionKey = List.copyOf(partitionKey);
        sortKey = List.copyOf(sortKey);
        if (partitionKey.isEmpty()) {
            throw new IllegalArgumentException("a key needs a partition key");
        }
    }

    public static KeySchema of(KeyAttribute partitionKey) {
        return new KeySchema(List.of(partitionKey), List.of());
    }

    public static KeySchema of(KeyAttribute partitionKey, KeyAttribute sortKey) {
        return new KeySchema(List.of(partitionKey), List.of(sortKey));
    }

    public boolean hasSortKey() {
        return !sortKey.isEmpty();
    }

    /** All attributes, partition key first. */
    public List<KeyAttribute> attributes() {
        if (sortKey.isEmpty()) {
            return partitionKey;
        }
        var all = new ArrayList<>(partitionKey);
        all.addAll(sortKey);
        return all;
    }

    /** The names of all attributes, partition key first. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        partitionKey.forEach(attribute -> names.add(attribute.name()));
        sortKey.forEach(attribute -> names.add(attribute.name()));
        return names;
    }
}
