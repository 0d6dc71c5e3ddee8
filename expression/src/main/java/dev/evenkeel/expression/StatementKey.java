package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The key of one item in a WHERE: an equality, or an IN of one value, for every key attribute, joined by AND. */
final class StatementKey {
    private StatementKey() {}

    /** @throws DynamoException validation, when it is not all there, or of other types than the schema's */
    static Item of(@Nullable StatementCondition where, KeySchema schema) {
        if (where == null || !isGiven(where, schema)) {
            throw DynamoException.validation(
                    "Where clause does not contain a mandatory equality on all key attributes");
        }
        var key = new LinkedHashMap<String, AttributeValue>();
        var tests = conjuncts(where.test());
        for (var attribute : schema.attributes()) {
            var value = given(attribute, tests);
            if (value != null) {
                checkType(attribute, value);
                key.put(attribute.name(), value);
            }
        }
        return Item.of(key);
    }

    static void checkType(KeyAttribute attribute, AttributeValue value) {
        if (value.type() != attribute.type()) {
            throw DynamoException.validation(
                    "Key attribute's data type should match its data type in table's schema: Key " + attribute.name());
        }
    }

    static boolean isGiven(StatementCondition where, KeySchema schema) {
        var tests = conjuncts(where.test());
        return schema.attributes().stream().allMatch(attribute -> given(attribute, tests) != null);
    }

    /** Whether it says nothing but the key. */
    static boolean isAll(StatementCondition where, KeySchema schema) {
        return isGiven(where, schema)
                && conjuncts(where.test()).size() == schema.attributes().size();
    }

    private static @Nullable AttributeValue given(KeyAttribute attribute, List<Test> tests) {
        for (var test : tests) {
            var value = equality(attribute, test);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The value that the attribute must have for the test to hold, if the test says no more and no less. */
    static @Nullable AttributeValue equality(KeyAttribute attribute, Test test) {
        return switch (test) {
            case Test.Compared(var comparator, var left, var right)
            when comparator == Comparator.EQUAL -> {
                var value = constantBeside(attribute, left, right);
                yield value != null ? value : constantBeside(attribute, right, left);
            }
            case Test.OneOf(var value, var options)
            when options.size() == 1 -> constantBeside(attribute, value, options.getFirst());
            default -> null;
        };
    }

    private static @Nullable AttributeValue constantBeside(KeyAttribute attribute, Operand one, Operand other) {
        return is(attribute, one) && other instanceof Operand.Constant(var value) ? value : null;
    }

    static boolean is(KeyAttribute attribute, Operand operand) {
        return operand instanceof Operand.Attribute(var path)
                && path.isTopLevel()
                && path.attribute().equals(attribute.name());
    }

    /** What must hold at the same time. */
    static List<Test> conjuncts(Test test) {
        var found = new ArrayList<Test>();
        collect(test, found);
        return found;
    }

    private static void collect(Test test, List<Test> found) {
        if (test instanceof Test.AllOf(var parts)) {
            for (var part : parts) {
                collect(part, found);
            }
        } else {
            found.add(test);
        }
    }
}
