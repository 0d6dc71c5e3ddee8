package dev.evenkeel.verify.gameday;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists, and everything else as text; so much as comparing items takes. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    public static Map<String, Object> object(String text) {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return object(read(parser));
        } catch (IOException e) {
            throw new UncheckedIOException("not JSON: " + text, e);
        }
    }

    private static Object read(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = new HashMap<String, Object>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    object.put(name, read(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                var array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(read(parser));
                }
                yield array;
            }
            default -> parser.getText();
        };
    }

    public static String write(Object tree) {
        var out = new StringWriter();
        try (var generator = FACTORY.createGenerator(out)) {
            write(generator, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    private static void write(JsonGenerator out, Object tree) throws IOException {
        switch (tree) {
            case Map<?, ?> object -> {
                out.writeStartObject();
                for (var entry : object.entrySet()) {
                    out.writeFieldName((String) entry.getKey());
                    write(out, entry.getValue());
                }
                out.writeEndObject();
            }
            case List<?> array -> {
                out.writeStartArray();
                for (var element : array) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case Boolean value -> out.writeBoolean(value);
            case Number number -> out.writeNumber(number.toString());
            default -> out.writeString(tree.toString());
        }
    }

    /** The text under that name; empty when there is none. */
    static String text(Map<String, Object> object, String member) {
        return object.getOrDefault(member, "").toString();
    }

    /** The objects in the list under that name; none when there is no such list. */
    static List<Map<String, Object>> objects(Map<String, Object> object, String member) {
        return array(object.getOrDefault(member, List.of())).stream()
                .map(element -> object(element))
                .toList();
    }

    @SuppressWarnings("unchecked") // the trees come from here
    public static Map<String, Object> object(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked") // as above
    public static List<Object> array(Object tree) {
        return (List<Object>) tree;
    }
}
