package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Utf8;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code ExpressionAttributeNames} and {@code ExpressionAttributeValues} of one request. Remembers which of them its
 * expressions have used, as none may be left over. Not for more than one thread.
 */
public final class Placeholders {
    private final Map<String, String> names;
    private final Map<String, AttributeValue> values;
    private final Set<String> used = new HashSet<>();

    /** @throws DynamoException validation, when a map is empty or a key is not a placeholder */
    public Placeholders(@Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
        this(names, values, Map.of());
    }

    /**
     * @param valueDefects what is wrong with values that are wrong in themselves, by placeholder
     * @throws DynamoException validation, when a map is empty, a key is not a placeholder or a value has a defect
     */
    public Placeholders(
            @Nullable Map<String, String> names,
            @Nullable Map<String, AttributeValue> values,
            Map<String, String> valueDefects) {
        if (names != null) {
            checkKeys(names.keySet(), '#', "ExpressionAttributeNames");
            names.forEach(Placeholders::checkName);
        }
        if (values != null) {
            checkKeys(values.keySet(), ':', "ExpressionAttributeValues");
        }
        // DynamoDB goes through them in the order of a Java hash map, here as for the unused ones below.
        new HashMap<>(valueDefects).forEach((key, defect) -> {
            throw DynamoException.validation(
                    "ExpressionAttributeValues contains invalid value: " + defect + " for key " + key);
        });
        this.names = names == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(names));
        this.values = values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static void checkKeys(Set<String> keys, char mark, String parameter) {
        if (keys.isEmpty()) {
            throw DynamoException.validation(parameter + " must not be empty");
        }
        for (var key : keys) {
            int bytes = Utf8.length(key);
            if (bytes > Limits.PLACEHOLDER_BYTES_MAX) {
                throw invalidKey(
                        parameter,
                        "The expression attribute map contains a key that is too long; size of key: " + bytes);
            }
            if (!isPlaceholder(key, mark)) {
                throw invalidKey(parameter, "Syntax error; key: \"" + key + "\"");
            }
        }
    }

    private static DynamoException invalidKey(String parameter, String problem) {
        return DynamoException.validation(parameter + " contains invalid key: " + problem);
    }

    private static void checkName(String key, String name) {
        if (name.isEmpty()) {
            throw DynamoException.validation(
                    "ExpressionAttributeNames contains invalid value: Empty attribute name for key " + key);
        }
    }

    private static boolean isPlaceholder(String key, char mark) {
        if (key.length() < 2 || key.charAt(0) != mark) {
            return false;
        }
        for (int i = 1; i < key.length(); i++) {
            char c = key.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetter && !(c >= '0' && c <= '9') && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** The attribute name behind a placeholder, which counts as used from now on; null when there is none. */
    @Nullable
    String name(String placeholder) {
        used.add(placeholder);
        return names.get(placeholder);
    }

    /** The value behind a placeholder, which counts as used from now on; null when there is none. */
    @Nullable
    AttributeValue value(String placeholder) {
        used.add(placeholder);
        return values.get(placeholder);
    }

    /** @throws DynamoException validation, when the expressions bound so far leave names or values unused */
    public void checkAllUsed() {
        checkAllUsed(names.keySet(), "ExpressionAttributeNames");
        checkAllUsed(values.keySet(), "ExpressionAttributeValues");
    }

    private void checkAllUsed(Set<String> keys, String parameter) {
        var unused = new HashSet<>(keys);
        unused.removeAll(used);
        if (!unused.isEmpty()) {
            throw DynamoException.validation("Value provided in " + parameter + " unused in expressions: keys: {"
                    + String.join(", ", unused) + "}");
        }
    }
}
