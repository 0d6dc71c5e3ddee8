package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The parameters from before expressions, translated into what expressions are bound to. All methods throw
 * {@link DynamoException} validation with DynamoDB's words; attributes are looked at in the order of the map.
 */
public final class Legacy {
    private static final String MISMATCH = "Type mismatch for attribute to update";
    private static final Set<AttributeType> SETS = Set.of(AttributeType.SS, AttributeType.NS, AttributeType.BS);
    private static final Set<AttributeType> ADDABLE =
            Set.of(AttributeType.N, AttributeType.L, AttributeType.SS, AttributeType.NS, AttributeType.BS);

    private Legacy() {}

    /**
     * What {@code ConditionalOperator} demands of the parameter it joins the entries of.
     *
     * @param entries of {@code Expected}, {@code QueryFilter} or {@code ScanFilter}, 0 when the request has none
     */
    public static void checkConditionalOperator(@Nullable String conditionalOperator, int entries) {
        if (conditionalOperator != null && entries == 0) {
            throw DynamoException.validation("ConditionalOperator cannot be used without Filter or Expected");
        }
        if (conditionalOperator != null && entries == 1) {
            throw DynamoException.validation(
                    "ConditionalOperator can only be used when Filter or Expected has two or more elements");
        }
    }

    /** @param conditionalOperator AND, OR or null, which means AND */
    public static Condition expected(Map<String, Expected> expected, @Nullable String conditionalOperator) {
        return condition(
                expected,
                conditionalOperator,
                LegacyExpected::test,
                new ExpressionSource.Expectations(expected, conditionalOperator));
    }

    /**
     * {@code QueryFilter} or {@code ScanFilter}.
     *
     * @param conditionalOperator AND, OR or null, which means AND
     */
    public static Condition filter(Map<String, LegacyComparison> filter, @Nullable String conditionalOperator) {
        return condition(
                filter,
                conditionalOperator,
                (name, comparison) -> checked(comparison).test(DocumentPath.ofAttribute(name), comparison.values()),
                new ExpressionSource.Filter(filter, conditionalOperator));
    }

    private static <E> Condition condition(
            Map<String, E> entries,
            @Nullable String conditionalOperator,
            BiFunction<String, E, Test> translation,
            ExpressionSource source) {
        var tests = new ArrayList<Test>();
        var paths = new ArrayList<DocumentPath>();
        entries.forEach((name, entry) -> {
            tests.add(translation.apply(name, entry));
            paths.add(DocumentPath.ofAttribute(name));
        });
        boolean any = "OR".equals(conditionalOperator) && !tests.isEmpty();
        var test = any ? new Test.AnyOf(List.copyOf(tests)) : new Test.AllOf(List.copyOf(tests));
        return new BoundCondition(test, Mentions.of(paths), source);
    }

    private static LegacyOperator checked(LegacyComparison comparison) {
        var operator = LegacyOperator.named(comparison.operator());
        operator.checkCount(comparison.values().size());
        operator.checkValues(comparison.values());
        return operator;
    }

    /** {@code AttributeUpdates}. */
    public static Update update(Map<String, AttributeUpdate> updates) {
        var actions = new ArrayList<UpdateAction>();
        updates.forEach((name, update) -> actions.add(action(DocumentPath.ofAttribute(name), update)));
        return new BoundUpdate(actions, Set.of(), new ExpressionSource.Updates(updates));
    }

    private static UpdateAction action(DocumentPath target, AttributeUpdate update) {
        var action = update.action() == null ? "PUT" : update.action();
        var value = update.value();
        if (value == null) {
            if (!action.equals("DELETE")) {
                throw LegacyOperator.invalid("Only DELETE action is allowed when no attribute value is specified");
            }
            return new UpdateAction.Clear(0, target);
        }
        return switch (action) {
            case "DELETE" -> {
                checkType("DELETE action with value is not supported for the type ", value, SETS);
                yield new UpdateAction.Subtract(0, target, value, MISMATCH);
            }
            case "ADD" -> {
                checkType("ADD action is not supported for the type ", value, ADDABLE);
                yield new UpdateAction.Add(0, target, value, MISMATCH);
            }
            default -> new UpdateAction.Assign(0, target, new Term.Constant(value));
        };
    }

    private static void checkType(String problem, AttributeValue value, Set<AttributeType> allowed) {
        if (!allowed.contains(value.type())) {
            throw LegacyOperator.invalid(problem + value.type());
        }
    }

    /** {@code KeyConditions} as far as they can be checked without the key. */
    public static KeyPredicates keyPredicates(Map<String, LegacyComparison> conditions) {
        var predicates = new LinkedHashMap<String, KeyPredicate>();
        conditions.forEach(
                (name, comparison) -> predicates.put(name, checked(comparison).keyPredicate(comparison.values())));
        return new BoundKeyPredicates(predicates);
    }

    public static KeyCondition keyCondition(Map<String, LegacyComparison> conditions, KeySchema schema) {
        return keyPredicates(conditions).against(schema);
    }

    /** {@code AttributesToGet}: top-level names, each once. */
    public static DocumentProjection attributesToGet(List<String> names) {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) {
                throw LegacyOperator.invalid("Duplicate value in attribute name: " + name);
            }
        }
        var paths = names.stream().map(DocumentPath::ofAttribute).toList();
        return new BoundProjection(
                ProjectionTree.of(paths), Mentions.of(paths), new ExpressionSource.Attributes(names));
    }
}
