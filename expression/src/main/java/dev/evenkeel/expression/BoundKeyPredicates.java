package dev.evenkeel.expression;

import dev.evenkeel.expression.KeyPredicate.Kind;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Predicates by attribute; the key's order is the schema's, not the text's. */
record BoundKeyPredicates(Map<String, KeyPredicate> predicates) implements KeyPredicates {
    /** Conditions on a table's or a local index's key. A global index may have four attributes of each kind. */
    private static final int SIMPLE_KEY_MAX = 2;

    private static final int KEY_ATTRIBUTES_MAX = 8;

    BoundKeyPredicates {
        predicates = Collections.unmodifiableMap(new LinkedHashMap<>(predicates));
        if (predicates.isEmpty() || predicates.size() > KEY_ATTRIBUTES_MAX) {
            throw tooMany();
        }
    }

    @Override
    public KeyCondition against(KeySchema schema) {
        if (schema.attributes().size() <= SIMPLE_KEY_MAX && predicates.size() > SIMPLE_KEY_MAX) {
            throw tooMany();
        }
        var partitionKey = new ArrayList<AttributeValue>();
        for (var attribute : schema.partitionKey()) {
            partitionKey.add(partitionValue(attribute, schema));
        }
        var sortEquals = new ArrayList<AttributeValue>();
        @Nullable SortComparison last = null;
        int left = predicates.size() - partitionKey.size();
        for (var attribute : schema.sortKey()) {
            if (left == 0) {
                break;
            }
            var predicate = predicates.get(attribute.name());
            if (predicate == null) {
                throw missed(attribute);
            }
            check(attribute, predicate);
            if (last != null) { // a range ends what an index can be searched by
                throw notSupported();
            }
            if (predicate.kind() == Kind.EQUAL) {
                sortEquals.add(predicate.values().getFirst());
            } else {
                last = predicate.sortComparison();
            }
            left--;
        }
        if (left > 0) {
            throw notSupported();
        }
        return new KeyCondition(partitionKey, sortEquals, last);
    }

    private AttributeValue partitionValue(KeyAttribute attribute, KeySchema schema) {
        if (!schema.hasSortKey() && predicates.size() > schema.partitionKey().size()) {
            throw notSupported();
        }
        var predicate = predicates.get(attribute.name());
        if (predicate == null) {
            throw missed(attribute);
        }
        check(attribute, predicate);
        if (predicate.kind() != Kind.EQUAL) {
            throw notSupported();
        }
        return predicate.values().getFirst();
    }

    private static void check(KeyAttribute attribute, KeyPredicate predicate) {
        if (predicate.kind() == Kind.NOT_FOR_KEYS) {
            throw DynamoException.validation("Attempted conditional constraint is not an indexable operation");
        }
        for (var value : predicate.values()) {
            if (value.type() != attribute.type()) {
                throw DynamoException.validation("One or more parameter values were invalid: "
                        + "Condition parameter type does not match schema type");
            }
            var empty = emptiness(value);
            if (empty != null) {
                throw DynamoException.validation("One or more parameter values are not valid. "
                        + "The AttributeValue for a key attribute cannot contain an empty " + empty
                        + " value. Key: " + attribute.name());
            }
        }
    }

    private static @Nullable String emptiness(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(var text) when text.isEmpty() -> "string";
            case AttributeValue.B(var bytes) when bytes.length() == 0 -> "binary";
            default -> null;
        };
    }

    private static DynamoException missed(KeyAttribute attribute) {
        return DynamoException.validation("Query condition missed key schema element: " + attribute.name());
    }

    private static DynamoException notSupported() {
        return DynamoException.validation("Query key condition not supported");
    }

    private static DynamoException tooMany() {
        return DynamoException.validation("Conditions can be of length 1 or 2 only");
    }
}
