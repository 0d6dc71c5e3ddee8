package dev.evenkeel.verify.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The expression attribute names and values of one request, handed out while its expressions are written. */
final class Placeholders {
    /** Names of the generator that DynamoDB reserves, and so needs an alias for. */
    private static final Set<String> RESERVED = Set.of("list", "map", "data");

    private final Map<String, String> aliases = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final RandomGenerator random;

    Placeholders(RandomGenerator random) {
        this.random = random;
    }

    String name(String name) {
        if (!RESERVED.contains(name) && !aliases.containsKey(name) && random.nextBoolean()) {
            return name;
        }
        return aliases.computeIfAbsent(name, _ -> "#n" + aliases.size());
    }

    String value(Value value) {
        var placeholder = ":v" + values.size();
        values.put(placeholder, WireValues.of(value));
        return placeholder;
    }

    void addTo(Map<String, Object> request) {
        if (!aliases.isEmpty()) {
            var names = new LinkedHashMap<String, Object>();
            aliases.forEach((name, alias) -> names.put(alias, name));
            request.put("ExpressionAttributeNames", names);
        }
        if (!values.isEmpty()) {
            request.put("ExpressionAttributeValues", values);
        }
    }
}
