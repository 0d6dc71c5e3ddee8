package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A table's name, key and indexes. */
record TableShape(String name, List<KeyPart> key, List<IndexShape> indexes) {

    KeyPart hash() {
        return key.getFirst();
    }

    Optional<KeyPart> range() {
        return key.size() > 1 ? Optional.of(key.get(1)) : Optional.empty();
    }

    Set<String> keyNames() {
        var names = new LinkedHashSet<String>();
        key.forEach(part -> names.add(part.name()));
        return names;
    }

    boolean hasLocalIndexes() {
        return indexes.stream().anyMatch(index -> !index.global());
    }

    TableShape with(IndexShape index) {
        var more = new ArrayList<>(indexes);
        more.add(index);
        return new TableShape(name, key, more);
    }

    TableShape without(IndexShape index) {
        return new TableShape(
                name, key, indexes.stream().filter(it -> !it.equals(index)).toList());
    }

    /** The values that identify the item. */
    List<Value> keyOf(Map<String, Value> item) {
        return key.stream().map(part -> required(item, part.name())).toList();
    }

    Map<String, Value> keyItem(Map<String, Value> item) {
        var only = new TreeMap<String, Value>();
        key.forEach(part -> only.put(part.name(), required(item, part.name())));
        return only;
    }

    static Value required(Map<String, Value> item, String name) {
        var value = item.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no " + name + " in " + item);
        }
        return value;
    }

    /** The type that an index demands of this attribute, if any does. */
    Optional<String> indexedType(String attribute) {
        return indexes.stream()
                .flatMap(index -> index.key().stream())
                .filter(part -> part.name().equals(attribute))
                .map(KeyPart::type)
                .findFirst();
    }

    /**
     * Checks the attributes that are keys of an index: each may be missing, none may have another type or be empty.
     *
     * @throws ModelException when one is not as it must be
     */
    void checkIndexKeys(Map<String, Value> item) {
        item.forEach((name, value) -> indexedType(name).ifPresent(type -> {
            boolean empty = value.equals(new Value.S("")) || value.equals(new Value.B(""));
            if (!value.type().equals(type) || empty) {
                throw ModelException.validation("index key " + name);
            }
        }));
    }

    /** The body of CreateTable. */
    Map<String, Object> createRequest() {
        var types = new TreeMap<String, String>();
        key.forEach(part -> types.put(part.name(), part.type()));
        indexes.forEach(index -> index.key().forEach(part -> types.put(part.name(), part.type())));
        var definitions = new ArrayList<Object>();
        types.forEach((name, type) -> definitions.add(Map.of("AttributeName", name, "AttributeType", type)));
        var request = new LinkedHashMap<String, Object>();
        request.put("TableName", name);
        request.put("BillingMode", "PAY_PER_REQUEST");
        request.put("AttributeDefinitions", definitions);
        request.put("KeySchema", keySchema(key.subList(0, 1), key.subList(1, key.size())));
        putIndexes(request, "LocalSecondaryIndexes", false);
        putIndexes(request, "GlobalSecondaryIndexes", true);
        return request;
    }

    private void putIndexes(Map<String, Object> request, String field, boolean global) {
        var trees = indexes.stream()
                .filter(index -> index.global() == global)
                .map(TableShape::indexTree)
                .toList();
        if (!trees.isEmpty()) {
            request.put(field, trees);
        }
    }

    static Map<String, Object> indexTree(IndexShape index) {
        var projection = new LinkedHashMap<String, Object>();
        if (index.allProjected()) {
            projection.put("ProjectionType", "ALL");
        } else if (index.included().isEmpty()) {
            projection.put("ProjectionType", "KEYS_ONLY");
        } else {
            projection.put("ProjectionType", "INCLUDE");
            projection.put("NonKeyAttributes", List.copyOf(index.included()));
        }
        return Map.of(
                "IndexName",
                index.name(),
                "KeySchema",
                keySchema(index.hash(), index.range()),
                "Projection",
                projection);
    }

    private static List<Object> keySchema(List<KeyPart> hash, List<KeyPart> range) {
        var schema = new ArrayList<Object>();
        hash.forEach(part -> schema.add(Map.of("AttributeName", part.name(), "KeyType", "HASH")));
        range.forEach(part -> schema.add(Map.of("AttributeName", part.name(), "KeyType", "RANGE")));
        return schema;
    }
}
