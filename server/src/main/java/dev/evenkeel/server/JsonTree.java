package dev.evenkeel.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An object in a JSON document that is read whole, for those whose form is not known for sure. */
record JsonTree(Map<String, Object> fields) {
    private static final JsonFactory FACTORY = new JsonFactory();

    /** @throws IOException when it is not one object */
    static JsonTree parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            if (value(parser) instanceof JsonTree tree && parser.nextToken() == null) {
                return tree;
            }
            throw new JsonParseException(parser, "no JSON object");
        }
    }

    /** Null for a null. */
    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            case null, default -> null;
        };
    }

    private static JsonTree object(JsonParser parser) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            if (value != null) {
                fields.put(name, value);
            }
        }
        return new JsonTree(fields);
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        var values = new ArrayList<Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    /** Empty when there is none. */
    String text(String name) {
        return fields.get(name) instanceof String text ? text : "";
    }

    /** Empty for a negative one, too: that is how nodes say that they do not know. */
    OptionalLong number(String name) {
        return fields.get(name) instanceof Number number && number.longValue() >= 0
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    <T> List<T> objects(String name, Function<JsonTree, T> read) {
        return list(name).stream()
                .filter(JsonTree.class::isInstance)
                .map(JsonTree.class::cast)
                .map(read)
                .toList();
    }

    private List<?> list(String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }
}
