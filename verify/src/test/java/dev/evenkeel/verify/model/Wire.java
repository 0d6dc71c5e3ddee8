package dev.evenkeel.verify.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, strings, numbers and booleans. Null stands nowhere in DynamoDB's JSON and is refused. */
final class Wire {
    private static final JsonFactory JSON = new JsonFactory();

    private Wire() {}

    static Map<String, Object> parse(String text) {
        try (var parser = JSON.createParser(text)) {
            parser.nextToken();
            return object(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        var object = new LinkedHashMap<String, Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            if (object.put(name, any(parser)) != null) {
                throw new IOException("name twice in one object: " + name);
            }
        }
        return object;
    }

    private static Object any(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(any(parser));
                }
                yield array;
            }
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw new IOException("unexpected " + parser.currentToken());
        };
    }

    @SuppressWarnings("unchecked") // the trees come from parse or from a request builder, which make no others
    static Map<String, Object> asObject(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked") // as above
    static List<Object> asList(Object tree) {
        return (List<Object>) tree;
    }
}
