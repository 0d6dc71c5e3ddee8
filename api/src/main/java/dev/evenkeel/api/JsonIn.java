package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.model.DynamoException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as the generated readers see it: names, and behind each the kind of value that belongs there. Whatever
 * else stands there is a serialization error with DynamoDB's words; {@code null} counts as not given. Methods that take
 * the value a member had {@code before} refuse a name that comes twice.
 */
final class JsonIn implements AutoCloseable {
    /** DynamoDB's own, let through: it cannot make a class of a parameterised type from a scalar. */
    private static final String SCALAR_FOR_COLLECTION = "class sun.reflect.generics.reflectiveObjects"
            + ".ParameterizedTypeImpl cannot be cast to class java.lang.Class (sun.reflect.generics.reflectiveObjects"
            + ".ParameterizedTypeImpl and java.lang.Class are in module java.base of loader 'bootstrap')";

    private static final String AWS_PACKAGE = "com.amazonaws.dynamodb.v20120810.";
    private static final String SCALAR_FOR_MEMBER = "Unexpected field type";
    private static final String SCALAR_FOR_ELEMENT = "Unexpected value type in payload";

    private final JsonParser parser;
    private @Nullable AttributeReader attributes;

    JsonIn(JsonParser parser) {
        this.parser = parser;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    void beginDocument() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw Json.malformed();
        }
    }

    void endDocument() throws IOException {
        if (parser.nextToken() != null) {
            throw Json.malformed();
        }
    }

    /** The next name of the structure or map that is open, or null at its end. */
    @Nullable
    String nextName() throws IOException {
        return parser.nextFieldName();
    }

    /** To the value behind the name of a map's entry. */
    void nextValue() throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
            throw nullElement(parser);
        }
    }

    /** To the next element of the list that is open; false at its end. */
    boolean nextElement() throws IOException {
        var token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            throw nullElement(parser);
        }
        return token != JsonToken.END_ARRAY;
    }

    /** Over the value of a name that means nothing. */
    void skip() throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    /** To the value of a member; null when it is not given. */
    private @Nullable JsonToken member(@Nullable Object before) throws IOException {
        if (before != null) {
            throw Json.malformed();
        }
        var token = parser.nextToken();
        return token == JsonToken.VALUE_NULL ? null : token;
    }

    @Nullable
    String string(@Nullable String before) throws IOException {
        var token = member(before);
        return token == null ? null : Scalars.text(parser, token);
    }

    /** The string element on which the parser stands. */
    String string() throws IOException {
        return Scalars.text(parser, parser.currentToken());
    }

    @Nullable
    Boolean bool(@Nullable Boolean before) throws IOException {
        var token = member(before);
        return token == null ? null : (Boolean) Scalars.bool(parser, token);
    }

    @Nullable
    Integer integer(@Nullable Integer before) throws IOException {
        var token = member(before);
        return token == null
                ? null
                : (Integer) (int) Scalars.integer(parser, token, "Integer", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Nullable
    Long longInteger(@Nullable Long before) throws IOException {
        var token = member(before);
        return token == null ? null : (Long) Scalars.integer(parser, token, "Long", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Nullable
    Double decimal(@Nullable Double before) throws IOException {
        var token = member(before);
        return token == null ? null : (Double) Scalars.decimal(parser, token);
    }

    @Nullable
    Instant timestamp(@Nullable Instant before) throws IOException {
        var token = member(before);
        return token == null ? null : Scalars.timestamp(parser, token);
    }

    /** Steps into the structure that a member is; false when it is not given. */
    boolean isStructure(@Nullable Object before, String awsClass) throws IOException {
        var token = member(before);
        if (token == null) {
            return false;
        }
        requireStructure(token, awsClass, SCALAR_FOR_MEMBER);
        return true;
    }

    /** Steps into the list that a member is; false when it is not given. */
    boolean isList(@Nullable Object before) throws IOException {
        var token = member(before);
        if (token == null) {
            return false;
        }
        requireList(token, SCALAR_FOR_MEMBER);
        return true;
    }

    /** Steps into the map that a member is; false when it is not given. */
    boolean isMap(@Nullable Object before, String awsValueClass) throws IOException {
        var token = member(before);
        if (token == null) {
            return false;
        }
        requireMap(token, awsValueClass, SCALAR_FOR_MEMBER);
        return true;
    }

    void expectStructure(String awsClass) {
        requireStructure(parser.currentToken(), awsClass, SCALAR_FOR_ELEMENT);
    }

    void expectList() {
        requireList(parser.currentToken(), SCALAR_FOR_COLLECTION);
    }

    void expectMap(String awsValueClass) {
        requireMap(parser.currentToken(), awsValueClass, SCALAR_FOR_COLLECTION);
    }

    private static void requireStructure(JsonToken token, String awsClass, String otherwise) {
        if (token == JsonToken.START_ARRAY) {
            throw Json.serialization("Unrecognized collection type class " + qualified(awsClass));
        }
        if (token != JsonToken.START_OBJECT) {
            throw Json.serialization(otherwise);
        }
    }

    /** The same, where it is a member. */
    static void requireList(JsonToken token) {
        requireList(token, SCALAR_FOR_MEMBER);
    }

    private static void requireList(JsonToken token, String otherwise) {
        if (token == JsonToken.START_OBJECT) {
            throw Scalars.mismatch(token, "");
        }
        if (token != JsonToken.START_ARRAY) {
            throw Json.serialization(otherwise);
        }
    }

    /** The same, where it is a member. */
    static void requireMap(JsonToken token, String awsValueClass) {
        requireMap(token, awsValueClass, SCALAR_FOR_MEMBER);
    }

    private static void requireMap(JsonToken token, String awsValueClass, String otherwise) {
        if (token == JsonToken.START_ARRAY) {
            throw Json.serialization(
                    "Unrecognized collection type java.util.Map<java.lang.String, " + qualified(awsValueClass) + ">");
        }
        if (token != JsonToken.START_OBJECT) {
            throw Json.serialization(otherwise);
        }
    }

    /** The name of one of DynamoDB's own classes stands without its package. */
    static String qualified(String awsClass) {
        return awsClass.indexOf('.') < 0 ? AWS_PACKAGE + awsClass : awsClass;
    }

    /** An entry of a map; a key that comes twice is an error. */
    <V> void put(Map<String, V> map, String key, V value) {
        if (map.put(key, value) != null) {
            throw Json.malformed();
        }
    }

    /** The item whose opening brace was read. */
    WireItem item() throws IOException {
        return attributes().item();
    }

    /** The attribute value whose opening brace was read. */
    WireValue attribute() throws IOException {
        return attributes().single();
    }

    private AttributeReader attributes() {
        var reader = attributes;
        if (reader == null) {
            reader = new AttributeReader(parser);
            attributes = reader;
        }
        return reader;
    }

    /** What is said of a null in a list or map, where it stands for nothing. */
    static DynamoException nullElement(JsonParser parser) {
        var place = path(parser.getParsingContext()).toString();
        return Violations.of(List.of(Violations.complaint(null, place, "Member must not be null")));
    }

    private static Path path(@Nullable JsonStreamContext context) {
        if (context == null || context.inRoot()) {
            return Path.ROOT;
        }
        var outer = path(context.getParent());
        var name = context.getCurrentName();
        return context.inArray() || name == null || name.isEmpty()
                ? outer.element(context.getCurrentIndex())
                : outer.member(Character.toLowerCase(name.charAt(0)) + name.substring(1));
    }
}
