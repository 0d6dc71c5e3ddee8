package dev.evenkeel.expression;

import dev.evenkeel.expression.partiql.Expression;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.InvalidNumberException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Literals and parameters of a statement as attribute values. */
final class StatementValues {
    /** How error messages call the value as a whole; parts of it follow as {@code root.name} and {@code root[1]}. */
    private static final String ROOT = "root";

    private final List<AttributeValue> parameters;

    StatementValues(List<AttributeValue> parameters) {
        this.parameters = parameters;
    }

    static boolean isValue(Expression expression) {
        return switch (expression) {
            case Expression.Text _,
                    Expression.Numeric _,
                    Expression.Truth _,
                    Expression.Null _,
                    Expression.Parameter _,
                    Expression.Sequence _,
                    Expression.Bag _,
                    Expression.Struct _ -> true;
            default -> false;
        };
    }

    /** @throws DynamoException validation, when it is no value or one that DynamoDB cannot hold */
    AttributeValue of(Expression expression) {
        return value(expression, ROOT);
    }

    private AttributeValue value(Expression expression, String at) {
        return switch (expression) {
            case Expression.Text(var text, var _) -> AttributeValue.of(text);
            case Expression.Numeric(var digits, var _) -> new AttributeValue.N(number(digits, at));
            case Expression.Truth(var truth, var _) -> truth ? AttributeValue.Bool.TRUE : AttributeValue.Bool.FALSE;
            case Expression.Null _ -> AttributeValue.Null.VALUE;
            case Expression.Parameter(var index, var _) -> parameters.get(index);
            case Expression.Sequence(var elements, var _) -> list(elements, at);
            case Expression.Bag(var members, var _) -> set(members, at);
            case Expression.Struct struct -> new AttributeValue.M(fields(struct, at));
            default ->
                throw DynamoException.validation("Unsupported data type: " + name(expression) + " under key " + at
                        + " at " + expression.position());
        };
    }

    private static String name(Expression expression) {
        return expression instanceof Expression.Call call
                ? call.function()
                : expression.getClass().getSimpleName();
    }

    private static DynamoNumber number(String digits, String at) {
        try {
            return DynamoNumber.parse(digits);
        } catch (InvalidNumberException unfit) {
            throw DynamoException.validation(unfit.getMessage() + " under " + at);
        }
    }

    private AttributeValue list(List<Expression> elements, String at) {
        var values = new ArrayList<AttributeValue>(elements.size());
        for (int i = 0; i < elements.size(); i++) {
            values.add(value(elements.get(i), at + "[" + i + "]"));
        }
        return new AttributeValue.L(values);
    }

    /** The attributes of an item, or the fields of a map. */
    Map<String, AttributeValue> attributes(Expression.Struct struct) {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (var field : struct.fields()) {
            put(attributes, key(field, ROOT), value(field.value(), ROOT), ROOT);
        }
        return attributes;
    }

    private Map<String, AttributeValue> fields(Expression.Struct struct, String at) {
        var fields = new LinkedHashMap<String, AttributeValue>();
        for (var field : struct.fields()) {
            var key = key(field, at);
            put(fields, key, value(field.value(), at + "." + key), at);
        }
        return fields;
    }

    private static String key(Expression.Field field, String at) {
        if (field.key() instanceof Expression.Text(var name, var _)) {
            return name;
        }
        throw DynamoException.validation(
                "Tuple keys must be of type String. Actual type: " + name(field.key()) + " under " + at);
    }

    private static void put(Map<String, AttributeValue> fields, String key, AttributeValue value, String at) {
        if (fields.put(key, value) != null) {
            throw DynamoException.validation("Duplicate keys in tuple. Key: " + key + " under " + at);
        }
    }

    private static AttributeValue set(List<Expression> members, String at) {
        if (members.isEmpty()) {
            throw DynamoException.validation("Empty bags are not supported");
        }
        if (members.stream().allMatch(member -> member instanceof Expression.Text)) {
            return new AttributeValue.SS(distinct(members.stream()
                    .map(member -> ((Expression.Text) member).value())
                    .toList()));
        }
        if (members.stream().allMatch(member -> member instanceof Expression.Numeric)) {
            return new AttributeValue.NS(distinct(members.stream()
                    .map(member -> number(((Expression.Numeric) member).digits(), at))
                    .toList()));
        }
        throw DynamoException.validation(
                "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
    }

    private static <T> List<T> distinct(List<T> members) {
        if (new HashSet<>(members).size() < members.size()) {
            throw DynamoException.validation(
                    "One or more parameter values were invalid: Input collection " + members + " contains duplicates.");
        }
        return members;
    }
}
