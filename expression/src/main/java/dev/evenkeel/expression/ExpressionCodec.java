package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bound expressions on their way to another process: their {@link ExpressionSource} as bytes, and bound again on arrival.
 * A text that has been seen there before is not parsed again.
 *
 * <pre>
 * source       = version:u8 form:u8 …
 * text         = kind:u8 text count (placeholder name)… values:item     values by placeholder; empty bytes for none
 * filter       = operator count (name comparison values)…
 * expectations = operator count (name exists:u8 [value] [comparison] [values])…
 * updates      = count (name [action] [value])…
 * attributes   = count name…
 * statement    = part:u8 text parameters:values                         of PartiQL
 * [x]          = 0 | 1 x
 * values       = item with one list
 * </pre>
 */
public final class ExpressionCodec {
    private static final int VERSION = 1;

    private static final int TEXT = 1;
    private static final int FILTER = 2;
    private static final int EXPECTATIONS = 3;
    private static final int UPDATES = 4;
    private static final int ATTRIBUTES = 5;
    private static final int STATEMENT = 6;

    /** Kinds by their number in the binary form. */
    private static final List<ExpressionKind> KINDS = List.of(
            ExpressionKind.CONDITION,
            ExpressionKind.FILTER,
            ExpressionKind.PROJECTION,
            ExpressionKind.UPDATE,
            ExpressionKind.KEY_CONDITION);

    /** Parts of statements by their number in the binary form. */
    private static final List<StatementPart> PARTS = List.of(
            StatementPart.CONDITION,
            StatementPart.CONDITION_UNLESS_ABSENT,
            StatementPart.UPDATE,
            StatementPart.PROJECTION);

    /** What {@link Expected#exists} can be, by its number. */
    private static final int NOT_SAID = 2;

    /** The one attribute of an item that holds a list of values. */
    private static final String LIST = "";

    private ExpressionCodec() {}

    public static byte[] encode(ExpressionSource source) {
        var out = new ByteWriter(128).u8(VERSION);
        switch (source) {
            case ExpressionSource.Text text -> write(out.u8(TEXT), text);
            case ExpressionSource.Filter filter -> write(out.u8(FILTER), filter);
            case ExpressionSource.Expectations expectations -> write(out.u8(EXPECTATIONS), expectations);
            case ExpressionSource.Updates updates -> write(out.u8(UPDATES), updates);
            case ExpressionSource.Attributes attributes -> {
                out.u8(ATTRIBUTES).unsigned(attributes.names().size());
                attributes.names().forEach(out::string);
            }
            case ExpressionSource.Statement(var part, var text, var parameters) ->
                write(out.u8(STATEMENT).u8(PARTS.indexOf(part)).string(text), parameters);
        }
        return out.toBytes();
    }

    private static void write(ByteWriter out, ExpressionSource.Text text) {
        out.u8(KINDS.indexOf(text.kind())).string(text.text());
        out.unsigned(text.names().size());
        text.names().forEach((placeholder, name) -> out.string(placeholder).string(name));
        out.bytes(text.values().isEmpty() ? new byte[0] : Item.of(text.values()).bytes());
    }

    private static void write(ByteWriter out, ExpressionSource.Filter filter) {
        write(out, filter.conditionalOperator());
        out.unsigned(filter.comparisons().size());
        filter.comparisons().forEach((name, comparison) -> {
            out.string(name).string(comparison.operator());
            write(out, comparison.values());
        });
    }

    private static void write(ByteWriter out, ExpressionSource.Expectations expectations) {
        write(out, expectations.conditionalOperator());
        out.unsigned(expectations.expected().size());
        expectations.expected().forEach((name, expected) -> {
            out.string(name);
            out.u8(expected.exists() == null ? NOT_SAID : expected.exists() ? 1 : 0);
            write(out, expected.value());
            write(out, expected.operator());
            out.bool(expected.values() != null);
            if (expected.values() != null) {
                write(out, expected.values());
            }
        });
    }

    private static void write(ByteWriter out, ExpressionSource.Updates updates) {
        out.unsigned(updates.updates().size());
        updates.updates().forEach((name, update) -> {
            out.string(name);
            write(out, update.action());
            write(out, update.value());
        });
    }

    private static void write(ByteWriter out, @Nullable String text) {
        out.bool(text != null);
        if (text != null) {
            out.string(text);
        }
    }

    private static void write(ByteWriter out, @Nullable AttributeValue value) {
        out.bool(value != null);
        if (value != null) {
            write(out, List.of(value));
        }
    }

    private static void write(ByteWriter out, List<AttributeValue> values) {
        out.item(Item.of(Map.of(LIST, new AttributeValue.L(values))));
    }

    /** @throws IllegalStateException when this release does not know the form */
    public static ExpressionSource decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("an expression of version " + version + ", this release reads " + VERSION);
        }
        int form = in.u8();
        return switch (form) {
            case TEXT -> text(in);
            case FILTER -> filter(in);
            case EXPECTATIONS -> expectations(in);
            case UPDATES -> updates(in);
            case ATTRIBUTES -> attributes(in);
            case STATEMENT -> new ExpressionSource.Statement(PARTS.get(in.u8()), in.string(), values(in));
            default -> throw new IllegalStateException("an expression of unknown form " + form);
        };
    }

    private static ExpressionSource text(ByteReader in) {
        var kind = KINDS.get(in.u8());
        var text = in.string();
        var names = new LinkedHashMap<String, String>();
        for (long i = in.unsigned(); i > 0; i--) {
            names.put(in.string(), in.string());
        }
        var values = in.bytes();
        return new ExpressionSource.Text(
                kind,
                text,
                names,
                values.length == 0 ? Map.of() : Item.wrap(values).toMap());
    }

    private static ExpressionSource filter(ByteReader in) {
        var operator = optionalString(in);
        var comparisons = new LinkedHashMap<String, LegacyComparison>();
        for (long i = in.unsigned(); i > 0; i--) {
            comparisons.put(in.string(), new LegacyComparison(in.string(), values(in)));
        }
        return new ExpressionSource.Filter(comparisons, operator);
    }

    private static ExpressionSource expectations(ByteReader in) {
        var operator = optionalString(in);
        var expected = new LinkedHashMap<String, Expected>();
        for (long i = in.unsigned(); i > 0; i--) {
            var name = in.string();
            int exists = in.u8();
            expected.put(
                    name,
                    new Expected(
                            exists == NOT_SAID ? null : exists == 1,
                            optionalValue(in),
                            optionalString(in),
                            in.bool() ? values(in) : null));
        }
        return new ExpressionSource.Expectations(expected, operator);
    }

    private static ExpressionSource updates(ByteReader in) {
        var updates = new LinkedHashMap<String, AttributeUpdate>();
        for (long i = in.unsigned(); i > 0; i--) {
            updates.put(in.string(), new AttributeUpdate(optionalString(in), optionalValue(in)));
        }
        return new ExpressionSource.Updates(updates);
    }

    private static ExpressionSource attributes(ByteReader in) {
        var names = new ArrayList<String>();
        for (long i = in.unsigned(); i > 0; i--) {
            names.add(in.string());
        }
        return new ExpressionSource.Attributes(names);
    }

    private static @Nullable String optionalString(ByteReader in) {
        return in.bool() ? in.string() : null;
    }

    private static @Nullable AttributeValue optionalValue(ByteReader in) {
        return in.bool() ? values(in).getFirst() : null;
    }

    private static List<AttributeValue> values(ByteReader in) {
        if (in.item().get(LIST) instanceof AttributeValue.L(var values)) {
            return values;
        }
        throw new IllegalStateException("values that are no list");
    }

    /** A condition or filter, bound again. */
    public static Condition condition(byte[] bytes) {
        var source = decode(bytes);
        return switch (source) {
            case ExpressionSource.Text text -> Expressions.condition(text.kind(), text.text(), placeholders(text));
            case ExpressionSource.Filter(var comparisons, var operator) -> Legacy.filter(comparisons, operator);
            case ExpressionSource.Expectations(var expected, var operator) -> Legacy.expected(expected, operator);
            case ExpressionSource.Statement statement -> StatementParts.condition(statement);
            case ExpressionSource.Updates _, ExpressionSource.Attributes _ -> throw mismatch(source, "a condition");
        };
    }

    /** An update, bound again. */
    public static Update update(byte[] bytes) {
        var source = decode(bytes);
        return switch (source) {
            case ExpressionSource.Text text
            when text.kind() == ExpressionKind.UPDATE -> Expressions.update(text.text(), placeholders(text));
            case ExpressionSource.Updates(var updates) -> Legacy.update(updates);
            case ExpressionSource.Statement statement -> StatementParts.update(statement);
            default -> throw mismatch(source, "an update");
        };
    }

    /** A projection, bound again. */
    public static DocumentProjection projection(byte[] bytes) {
        var source = decode(bytes);
        return switch (source) {
            case ExpressionSource.Text text
            when text.kind() == ExpressionKind.PROJECTION -> Expressions.projection(text.text(), placeholders(text));
            case ExpressionSource.Attributes(var names) -> Legacy.attributesToGet(names);
            case ExpressionSource.Statement statement -> StatementParts.projection(statement);
            default -> throw mismatch(source, "a projection");
        };
    }

    private static Placeholders placeholders(ExpressionSource.Text text) {
        return new Placeholders(
                text.names().isEmpty() ? null : text.names(), text.values().isEmpty() ? null : text.values());
    }

    private static IllegalStateException mismatch(ExpressionSource source, String wanted) {
        return new IllegalStateException(source.getClass().getSimpleName() + " where " + wanted + " should be");
    }
}
