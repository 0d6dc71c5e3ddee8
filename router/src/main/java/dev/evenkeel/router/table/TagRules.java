package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.Tag;
import dev.evenkeel.model.DynamoException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tags out of a request. */
final class TagRules {
    private static final int TAGS_MAX = 50;
    private static final int KEY_CHARACTERS_MAX = 128;
    private static final int VALUE_CHARACTERS_MAX = 256;
    private static final Pattern CHARACTERS = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

    private TagRules() {}

    static Map<String, String> read(List<Tag> tags) {
        var read = new LinkedHashMap<String, String>();
        for (var tag : tags) {
            var key = requireKey(tag.key());
            if (read.put(key, requireValue(tag.value())) != null) {
                throw DynamoException.validation(
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found " + key);
            }
        }
        if (read.size() > TAGS_MAX) {
            throw DynamoException.validation("Number of Tags exceed the current limit for the provided ResourceArn");
        }
        return read;
    }

    static String requireKey(@Nullable String key) {
        if (key == null || key.isEmpty() || isTooLong(key, KEY_CHARACTERS_MAX) || hasStrangers(key)) {
            throw DynamoException.validation("The Tag Key provided is invalid, Key: " + key);
        }
        if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
            throw DynamoException.validation("Tag Key cannot be prefixed with aws:, Key: " + key);
        }
        return key;
    }

    private static String requireValue(@Nullable String value) {
        if (value == null || isTooLong(value, VALUE_CHARACTERS_MAX) || hasStrangers(value)) {
            throw DynamoException.validation("The Tag Value provided is invalid, Value: " + value);
        }
        return value;
    }

    private static boolean isTooLong(String text, int charactersMax) {
        return text.codePointCount(0, text.length()) > charactersMax;
    }

    private static boolean hasStrangers(String text) {
        return !CHARACTERS.matcher(text).matches();
    }
}
