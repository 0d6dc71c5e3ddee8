package dev.evenkeel.server.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object, each as the bytes that stood there. Items go from one endpoint to another or into a file
 * as they came, so that no number, set or text can change its spelling on the way.
 */
final class JsonObject {
    private static final int STRING_LENGTH_MAX = 1 << 25;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(STRING_LENGTH_MAX)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Map<String, byte[]> members;

    private JsonObject(Map<String, byte[]> members) {
        this.members = members;
    }

    /** @throws IOException when it is not one object */
    static JsonObject parse(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            expect(parser, JsonToken.START_OBJECT);
            var members = new LinkedHashMap<String, byte[]>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser, json));
            }
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something stands behind the object");
            }
            return new JsonObject(members);
        }
    }

    private static void expect(JsonParser parser, JsonToken token) throws IOException {
        if (parser.nextToken() != token) {
            throw new JsonParseException(parser, "expected " + token);
        }
    }

    /** The value on whose first token the parser stands. Line ends and tabs between its tokens become spaces. */
    private static byte[] value(JsonParser parser, byte[] json) throws IOException {
        int from = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        byte[] value = Arrays.copyOfRange(
                json, from, Math.toIntExact(parser.currentLocation().getByteOffset()));
        for (int i = 0; i < value.length; i++) {
            if (value[i] == '\n' || value[i] == '\r' || value[i] == '\t') { // in texts they are escaped
                value[i] = ' ';
            }
        }
        return value;
    }

    /** The bytes of a member's value, if there is one that is not null. */
    Optional<byte[]> raw(String name) {
        byte @Nullable [] value = members.get(name);
        return value == null || isNull(value) ? Optional.empty() : Optional.of(value);
    }

    private static boolean isNull(byte[] value) {
        return value.length == 4 && value[0] == 'n';
    }

    /** Empty when there is no such object. */
    Optional<JsonObject> object(String name) throws IOException {
        Optional<byte[]> raw = raw(name);
        return raw.isEmpty() ? Optional.empty() : Optional.of(parse(raw.get()));
    }

    /** Empty when there is no such text. */
    Optional<String> text(String name) throws IOException {
        Optional<byte[]> raw = raw(name);
        if (raw.isEmpty() || raw.get()[0] != '"') {
            return Optional.empty();
        }
        try (JsonParser parser = FACTORY.createParser(raw.get())) {
            parser.nextToken();
            return Optional.of(parser.getText());
        }
    }

    /** Empty when there is no such whole number. */
    Optional<Long> number(String name) {
        return raw(name)
                .map(raw -> new String(raw, StandardCharsets.US_ASCII))
                .filter(text -> text.matches("-?\\d{1,18}"))
                .map(Long::valueOf);
    }

    /** The elements of an array; none when there is no such array. */
    List<byte[]> elements(String name) throws IOException {
        Optional<byte[]> raw = raw(name);
        var elements = new ArrayList<byte[]>();
        if (raw.isPresent() && raw.get()[0] == '[') {
            try (JsonParser parser = FACTORY.createParser(raw.get())) {
                expect(parser, JsonToken.START_ARRAY);
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser, raw.get()));
                }
            }
        }
        return elements;
    }

    @Override
    public String toString() {
        return members.keySet().toString();
    }
}
