package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WireValue;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.InvalidNumberException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemBuilder;
import dev.evenkeel.model.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values off the wire straight into the binary form of an item.
 *
 * <p>There are two kinds of mistakes. A value of the wrong JSON type ends the request at once. A value that is well-formed
 * but means nothing, as an empty set, is told only after the rest of the request was found in order; so the first of them
 * is noted, {@code NULL} takes its place, and reading goes on.
 */
final class AttributeReader {
    static final String EMPTY = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
    static final String SEVERAL_TYPES = "Supplied AttributeValue has more than one datatypes set, "
            + "must contain exactly one of the supported datatypes";
    static final String TOO_DEEP = "Nesting Levels have exceeded supported limits: "
            + "Attributes in the item have nested levels beyond supported limit";

    private static final String AWS_CLASS = "AttributeValue";
    private static final String WRONG_PARAMETERS = "One or more parameter values were invalid: ";
    private static final int NAME_BYTES_MAX = 65_535;
    private static final String SINGLE = "value";

    private final JsonParser parser;
    private final ItemBuilder items = new ItemBuilder();

    /** Takes what is read only to see whether it is well-formed; made when there first is such a thing. */
    private @Nullable ItemBuilder discarded;

    private @Nullable String defect;

    AttributeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The item whose opening brace was read, up to its closing one. */
    WireItem item() throws IOException {
        defect = null;
        entries(items, 0);
        return new WireItem(build(), defect);
    }

    /** The value whose opening brace was read, up to its closing one. */
    WireValue single() throws IOException {
        defect = null;
        items.name(SINGLE);
        typed(items, 0);
        return new WireValue(Objects.requireNonNull(build().get(SINGLE)), defect);
    }

    private Item build() {
        var item = items.build();
        if (items.duplicateName() != null) {
            throw Json.malformed();
        }
        return item;
    }

    private void note(String mistake) {
        if (defect == null) {
            defect = mistake;
        }
    }

    private void entries(ItemBuilder to, int depth) throws IOException {
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (name.isEmpty()) {
                note(WRONG_PARAMETERS + "Empty attribute name");
            } else if (name.length() > NAME_BYTES_MAX / 3 && Utf8.length(name) > NAME_BYTES_MAX) {
                note(WRONG_PARAMETERS + "Attribute name is too large, must be less than 65536 bytes");
            }
            to.name(name);
            value(to, parser.nextToken(), depth);
        }
    }

    private void value(ItemBuilder to, JsonToken token, int depth) throws IOException {
        switch (token) {
            case START_OBJECT -> typed(to, depth);
            case VALUE_NULL -> {
                note(EMPTY);
                to.nul();
            }
            case START_ARRAY ->
                throw Json.serialization("Unrecognized collection type class " + JsonIn.qualified(AWS_CLASS));
            default -> throw Json.serialization("Unexpected value type in payload");
        }
    }

    /** The object with a type's name for its only name. */
    private void typed(ItemBuilder to, int depth) throws IOException {
        if (depth >= ItemBuilder.DEPTH_MAX) {
            note(TOO_DEEP);
            parser.skipChildren();
            to.nul();
            return;
        }
        int types = 0;
        for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            var type = AttributeType.ofWireName(name);
            var token = parser.nextToken();
            if (type == null) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                payload(types == 0 ? to : discard(), type, token, depth);
                types++;
            }
        }
        if (types == 0) {
            note(EMPTY);
            to.nul();
        } else if (types > 1) {
            note(SEVERAL_TYPES);
        }
    }

    private ItemBuilder discard() {
        var builder = discarded;
        if (builder == null) {
            builder = new ItemBuilder().name(SINGLE).beginList();
            discarded = builder;
        }
        return builder;
    }

    private void payload(ItemBuilder to, AttributeType type, JsonToken token, int depth) throws IOException {
        switch (type) {
            case S -> to.string(Scalars.text(parser, token));
            case N -> number(to, Scalars.text(parser, token));
            case B -> to.binary(Scalars.blob(parser, token));
            case BOOL -> to.bool(Scalars.bool(parser, token));
            case NULL -> {
                if (!Scalars.bool(parser, token)) {
                    note(WRONG_PARAMETERS + "Null attribute value types must have the value of true");
                }
                to.nul();
            }
            case M -> {
                JsonIn.requireMap(token, AWS_CLASS);
                to.beginMap();
                entries(to, depth + 1);
                to.end();
            }
            case L -> {
                JsonIn.requireList(token);
                to.beginList();
                for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    value(to, next, depth + 1);
                }
                to.end();
            }
            case SS -> stringSet(to, token);
            case NS -> numberSet(to, token);
            case BS -> binarySet(to, token);
        }
    }

    private void number(ItemBuilder to, String text) {
        var number = number(text);
        if (number == null) {
            to.nul();
        } else {
            to.number(number);
        }
    }

    private @Nullable DynamoNumber number(String text) {
        if (text.isEmpty()) {
            note("The parameter cannot be converted to a numeric value");
            return null;
        }
        try {
            return DynamoNumber.parse(text);
        } catch (InvalidNumberException e) {
            note(Objects.requireNonNull(e.getMessage()));
            return null;
        }
    }

    /** To the next member of a set; null at its end. */
    private @Nullable JsonToken member() throws IOException {
        var token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            throw JsonIn.nullElement(parser);
        }
        return token == JsonToken.END_ARRAY ? null : token;
    }

    private void stringSet(ItemBuilder to, JsonToken start) throws IOException {
        JsonIn.requireList(start);
        var members = new ArrayList<String>();
        for (var token = member(); token != null; token = member()) {
            members.add(Scalars.text(parser, token));
        }
        if (members.isEmpty()) {
            note(WRONG_PARAMETERS + "An string set  may not be empty");
            to.nul();
        } else {
            if (hasDuplicates(members)) {
                note(WRONG_PARAMETERS + "Input collection " + members + " contains duplicates.");
            }
            to.stringSet(members);
        }
    }

    private void numberSet(ItemBuilder to, JsonToken start) throws IOException {
        JsonIn.requireList(start);
        var members = new ArrayList<DynamoNumber>();
        boolean given = false;
        for (var token = member(); token != null; token = member()) {
            var number = number(Scalars.text(parser, token));
            given = true;
            if (number != null) {
                members.add(number);
            }
        }
        if (!given) {
            note(WRONG_PARAMETERS + "An number set  may not be empty");
        }
        if (members.isEmpty()) {
            to.nul();
        } else {
            if (hasDuplicates(members)) {
                note("Input collection contains duplicates");
            }
            to.numberSet(members);
        }
    }

    private void binarySet(ItemBuilder to, JsonToken start) throws IOException {
        JsonIn.requireList(start);
        var members = new ArrayList<Bytes>();
        var encoded = new ArrayList<String>();
        for (var token = member(); token != null; token = member()) {
            members.add(Bytes.wrap(Scalars.blob(parser, token)));
            encoded.add(parser.getText());
        }
        if (members.isEmpty()) {
            note(WRONG_PARAMETERS + "Binary sets should not be empty");
            to.nul();
        } else {
            if (hasDuplicates(members)) {
                note(WRONG_PARAMETERS + "Input collection " + encoded + "of type BS contains duplicates."); // sic
            }
            to.binarySet(members);
        }
    }

    private static boolean hasDuplicates(List<?> members) {
        return members.size() > 1 && new HashSet<>(members).size() < members.size();
    }
}
