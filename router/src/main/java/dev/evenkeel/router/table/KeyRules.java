package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.AttributeDefinition;
import dev.evenkeel.api.shape.KeySchemaElement;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keys of tables and indexes out of a request: their rules, in the order in which DynamoDB checks them. */
final class KeyRules {
    /** Attributes of each kind in the key of a global index (Developer Guide, "Multi-attribute keys"). */
    private static final int GLOBAL_KEY_ATTRIBUTES_MAX = 4;

    private static final String HASH = "HASH";
    private static final String RANGE = "RANGE";

    private final Map<String, KeyAttribute> definitions = new LinkedHashMap<>();

    KeyRules(Collection<AttributeDefinition> definitions) {
        for (var definition : definitions) {
            var name = Objects.requireNonNull(definition.attributeName());
            var type = AttributeType.valueOf(Objects.requireNonNull(definition.attributeType()));
            if (this.definitions.put(name, new KeyAttribute(name, type)) != null) {
                throw DynamoException.validation("Attribute Name is duplicated: " + name);
            }
        }
    }

    List<KeyAttribute> definitions() {
        return List.copyOf(definitions.values());
    }

    /** The key of a table. */
    KeySchema tableKey(List<KeySchemaElement> elements) {
        if (elements.size() > definitions.size()) {
            throw DynamoException.validation("Invalid KeySchema: Some index key attribute have no definition");
        }
        requireDefined(elements);
        return plainKey(elements);
    }

    /** Every attribute of the key has a definition. */
    void requireDefined(List<KeySchemaElement> elements) {
        var names = names(elements);
        if (!definitions.keySet().containsAll(names)) {
            throw Refusals.invalid("Some index key attributes are not defined in AttributeDefinitions. Keys: ["
                    + String.join(", ", names) + "], AttributeDefinitions: [" + String.join(", ", definitions.keySet())
                    + "]");
        }
    }

    /** Every definition is of an attribute that one of the keys has. */
    void requireUsed(Collection<String> keyed) {
        if (!keyed.containsAll(definitions.keySet())) {
            throw Refusals.invalid("Some AttributeDefinitions are not used. AttributeDefinitions: ["
                    + String.join(", ", definitions.keySet()) + "], keys used: [" + String.join(", ", keyed) + "]");
        }
    }

    /** A key of one HASH attribute and at most one RANGE attribute, all of them defined: a table's or a local index's. */
    KeySchema plainKey(List<KeySchemaElement> elements) {
        if (elements.size() == 2 && name(elements.getFirst()).equals(name(elements.getLast()))) {
            throw DynamoException.validation(
                    "Both the Hash Key and the Range Key element in the KeySchema have the same name");
        }
        requireHashFirst(elements);
        if (elements.size() == 2 && !isOf(elements.getLast(), RANGE)) {
            throw DynamoException.validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        }
        return key(elements);
    }

    /** A key of up to four HASH and up to four RANGE attributes, all of them defined. */
    KeySchema globalKey(List<KeySchemaElement> elements) {
        boolean hashAndRange =
                elements.size() == 2 && isOf(elements.getFirst(), HASH) && isOf(elements.getLast(), RANGE);
        if (hashAndRange) {
            return plainKey(elements);
        }
        requireHashFirst(elements);
        if (new HashSet<>(names(elements)).size() < elements.size()) {
            throw DynamoException.validation("The KeySchema contains multiple key attributes with the same name");
        }
        requireHashBeforeRange(elements);
        requireAtMostFour(elements, HASH);
        requireAtMostFour(elements, RANGE);
        return key(elements);
    }

    private static void requireHashFirst(List<KeySchemaElement> elements) {
        if (!isOf(elements.getFirst(), HASH)) {
            throw DynamoException.validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        }
    }

    private static void requireHashBeforeRange(List<KeySchemaElement> elements) {
        boolean rangeSeen = false;
        for (var element : elements) {
            if (rangeSeen && isOf(element, HASH)) {
                throw Refusals.invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema");
            }
            rangeSeen |= isOf(element, RANGE);
        }
    }

    private static void requireAtMostFour(List<KeySchemaElement> elements, String keyType) {
        if (elements.stream().filter(element -> isOf(element, keyType)).count() > GLOBAL_KEY_ATTRIBUTES_MAX) {
            throw Refusals.invalid(
                    "The KeySchema exceeds the maximum allowed number of " + keyType + " key attributes");
        }
    }

    private KeySchema key(List<KeySchemaElement> elements) {
        return new KeySchema(attributes(elements, HASH), attributes(elements, RANGE));
    }

    private List<KeyAttribute> attributes(List<KeySchemaElement> elements, String keyType) {
        var attributes = new ArrayList<KeyAttribute>();
        for (var element : elements) {
            if (isOf(element, keyType)) {
                attributes.add(Objects.requireNonNull(definitions.get(name(element))));
            }
        }
        return attributes;
    }

    static List<String> names(List<KeySchemaElement> elements) {
        return elements.stream().map(KeyRules::name).toList();
    }

    static String name(KeySchemaElement element) {
        return Objects.requireNonNull(element.attributeName());
    }

    private static boolean isOf(KeySchemaElement element, String keyType) {
        return keyType.equals(element.keyType());
    }
}
