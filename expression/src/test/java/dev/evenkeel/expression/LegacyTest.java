package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.b;
import static dev.evenkeel.expression.Given.bool;
import static dev.evenkeel.expression.Given.bs;
import static dev.evenkeel.expression.Given.item;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.ns;
import static dev.evenkeel.expression.Given.nul;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static dev.evenkeel.expression.Given.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final Item ITEM =
            item("a", s("hello"), "n", n(3), "b", ns(2, 4), "c", l(n(2), l(n(3))), "d", b(1, 2, 3), "m", m("x", n(1)));

    private static boolean passes(String attribute, String operator, AttributeValue... values) {
        var comparison = new LegacyComparison(operator, List.of(values));
        return Legacy.filter(Map.of(attribute, comparison), null).matches(ITEM);
    }

    private static String refused(String operator, AttributeValue... values) {
        var comparison = Map.of("a", new LegacyComparison(operator, List.of(values)));
        var message = refusal(() -> Legacy.filter(comparison, null));
        assertThat(refusal(() -> Legacy.keyPredicates(comparison))).isEqualTo(message);
        return message;
    }

    @Test
    void comparisons() {
        assertThat(passes("n", "EQ", n("3.0"))).isTrue();
        assertThat(passes("n", "EQ", s("3"))).isFalse();
        assertThat(passes("m", "EQ", m("x", n(1)))).isTrue();
        assertThat(passes("n", "NE", n(4))).isTrue();
        assertThat(passes("z", "NE", n(4))).isTrue();
        assertThat(passes("n", "LT", n(4))).isTrue();
        assertThat(passes("n", "LE", n(3))).isTrue();
        assertThat(passes("n", "GT", n(3))).isFalse();
        assertThat(passes("n", "GE", n(3))).isTrue();
        assertThat(passes("a", "GT", n(3))).isFalse();
        assertThat(passes("n", "BETWEEN", n(1), n(3))).isTrue();
        assertThat(passes("z", "BETWEEN", n(1), n(3))).isFalse();
        assertThat(passes("n", "IN", n(1), n(3))).isTrue();
        assertThat(passes("b", "IN", n(2))).isFalse();
        assertThat(passes("a", "BEGINS_WITH", s("hell"))).isTrue();
        assertThat(passes("n", "BEGINS_WITH", s("3"))).isFalse();
        assertThat(passes("n", "NOT_NULL")).isTrue();
        assertThat(passes("n", "NULL")).isFalse();
        assertThat(passes("z", "NULL")).isTrue();
    }

    @Test
    void containmentIsFalseBothWaysWithoutTheAttribute() {
        assertThat(passes("a", "CONTAINS", s("ell"))).isTrue();
        assertThat(passes("b", "CONTAINS", n(4))).isTrue();
        assertThat(passes("c", "CONTAINS", n(3))).isFalse();
        assertThat(passes("d", "CONTAINS", b(2, 3))).isTrue();
        assertThat(passes("a", "NOT_CONTAINS", s("dog"))).isTrue();
        assertThat(passes("a", "NOT_CONTAINS", n(1))).isTrue();
        assertThat(passes("b", "NOT_CONTAINS", n(4))).isFalse();
        assertThat(passes("z", "CONTAINS", n(1))).isFalse();
        assertThat(passes("z", "NOT_CONTAINS", n(1))).isFalse();
    }

    @Test
    void joinedByAndUnlessOr() {
        var comparisons = Map.of(
                "n", new LegacyComparison("EQ", List.of(n(3))), "a", new LegacyComparison("EQ", List.of(s("x"))));
        assertThat(Legacy.filter(comparisons, null).matches(ITEM)).isFalse();
        assertThat(Legacy.filter(comparisons, "AND").matches(ITEM)).isFalse();
        assertThat(Legacy.filter(comparisons, "OR").matches(ITEM)).isTrue();
        assertThat(Legacy.filter(Map.of(), null).matches(ITEM)).isTrue();
        assertThat(Legacy.filter(comparisons, "OR").attributeNames()).containsExactlyInAnyOrder("n", "a");
        assertThat(Legacy.filter(comparisons, "OR").source()).isEqualTo(new ExpressionSource.Filter(comparisons, "OR"));
    }

    @Test
    void conditionalOperatorNeedsTwoEntries() {
        assertThat(refusal(() -> Legacy.checkConditionalOperator("AND", 0)))
                .isEqualTo("ConditionalOperator cannot be used without Filter or Expected");
        assertThat(refusal(() -> Legacy.checkConditionalOperator("OR", 1)))
                .isEqualTo("ConditionalOperator can only be used when Filter or Expected has two or more elements");
        Legacy.checkConditionalOperator("OR", 2);
        Legacy.checkConditionalOperator(null, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EQ", "NE", "LE", "LT", "GE", "GT", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"})
    void numberOfValues(String operator) {
        var expected = INVALID + "Invalid number of argument(s) for the " + operator + " ComparisonOperator";
        assertThat(refused(operator)).isEqualTo(expected);
        assertThat(refused(operator, s("a"), s("b"))).isEqualTo(expected);
    }

    @Test
    void numberOfValuesOfTheOthers() {
        assertThat(refused("NULL", s("a")))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator");
        assertThat(refused("NOT_NULL", s("a"))).endsWith("for the NOT_NULL ComparisonOperator");
        assertThat(refused("IN")).endsWith("for the IN ComparisonOperator");
        assertThat(refused("BETWEEN", s("a"))).endsWith("for the BETWEEN ComparisonOperator");
        assertThat(refused("BETWEEN", s("a"), s("b"), s("c"))).endsWith("for the BETWEEN ComparisonOperator");
    }

    @Test
    void typesOfValues() {
        assertThat(refused("IN", s("a"), n(1)))
                .isEqualTo(INVALID + "AttributeValues inside AttributeValueList must be of same type");
        for (var operator : List.of("LT", "LE", "GT", "GE", "IN", "BEGINS_WITH")) {
            for (var value : List.of(bool(true), nul(), ss("a"), ns(1), bs(1), m(), l())) {
                assertThat(refused(operator, value))
                        .isEqualTo(INVALID + "ComparisonOperator " + operator + " is not valid for " + value.type()
                                + " AttributeValue type");
            }
        }
        for (var operator : List.of("CONTAINS", "NOT_CONTAINS")) {
            assertThat(refused(operator, l(n(1)))).endsWith("is not valid for L AttributeValue type");
        }
        assertThat(refused("BEGINS_WITH", n(1))).endsWith("is not valid for N AttributeValue type");
        assertThat(refused("BETWEEN", ss("a"), ss("b"))).endsWith("is not valid for SS AttributeValue type");
        assertThat(refused("BETWEEN", n(2), n(1)))
                .isEqualTo("The BETWEEN condition was provided a range where the lower bound is greater than the upper "
                        + "bound");
    }

    private static Condition expected(
            @Nullable Boolean exists,
            @Nullable AttributeValue value,
            @Nullable String operator,
            @Nullable List<AttributeValue> values) {
        return Legacy.expected(Map.of("a", new Expected(exists, value, operator, values)), null);
    }

    @Test
    void expectations() {
        assertThat(expected(null, s("hello"), null, null).matches(ITEM)).isTrue();
        assertThat(expected(true, s("x"), null, null).matches(ITEM)).isFalse();
        assertThat(expected(false, null, null, null).matches(ITEM)).isFalse();
        assertThat(expected(false, null, null, null).matches(null)).isTrue();
        assertThat(expected(null, s("hello"), null, null).matches(null)).isFalse();
        assertThat(expected(null, s("hell"), "BEGINS_WITH", null).matches(ITEM)).isTrue();
        assertThat(expected(null, null, "IN", List.of(s("x"), s("hello"))).matches(ITEM))
                .isTrue();
        assertThat(expected(null, null, "NOT_NULL", null).matches(ITEM)).isTrue();
        assertThat(expected(null, null, "NULL", List.of()).matches(ITEM)).isFalse();
    }

    @Test
    void expectationsRefused() {
        assertThat(refusal(() -> expected(null, s("a"), "EQ", List.of(s("a")))))
                .isEqualTo(INVALID + "Value and AttributeValueList cannot be used together for Attribute: a");
        assertThat(refusal(() -> expected(true, null, "LT", null)))
                .isEqualTo(INVALID + "Exists and ComparisonOperator cannot be used together for Attribute: a");
        assertThat(refusal(() -> expected(null, null, "LT", null)))
                .isEqualTo(INVALID + "Value or AttributeValueList must be used with ComparisonOperator: LT for "
                        + "Attribute: a");
        assertThat(refusal(() -> expected(true, null, null, List.of(s("a")))))
                .isEqualTo(INVALID + "AttributeValueList can only be used with a ComparisonOperator for Attribute: a");
        assertThat(refusal(() -> expected(null, null, null, null)))
                .isEqualTo(INVALID + "Value must be provided when Exists is null for Attribute: a");
        assertThat(refusal(() -> expected(true, null, null, null)))
                .isEqualTo(INVALID + "Value must be provided when Exists is true for Attribute: a");
        assertThat(refusal(() -> expected(false, s("a"), null, null)))
                .isEqualTo(INVALID + "Value cannot be used when Exists is false for Attribute: a");
        assertThat(refusal(() -> expected(null, null, "NULL", List.of(s("a")))))
                .isEqualTo(INVALID + "Invalid number of argument(s) for the NULL ComparisonOperator");
        assertThat(refusal(() -> expected(null, null, "BETWEEN", List.of(n(2), n(1)))))
                .isEqualTo("The BETWEEN condition was provided a range where the lower bound is greater than the upper "
                        + "bound");
    }

    private static Update update(@Nullable String action, @Nullable AttributeValue value, String attribute) {
        return Legacy.update(Map.of(attribute, new AttributeUpdate(action, value)));
    }

    @Test
    void updates() {
        var item = item("p", s("key"), "n", n(3), "s", ss("a", "b"), "l", l(n(1)));
        assertThat(update(null, n(4), "n").apply(item).item().get("n")).isEqualTo(n(4));
        assertThat(update("PUT", n(4), "n").apply(item).item().get("n")).isEqualTo(n(4));
        assertThat(update("ADD", n(4), "n").apply(item).item().get("n")).isEqualTo(n(7));
        assertThat(update("ADD", n(4), "x").apply(item).item().get("x")).isEqualTo(n(4));
        assertThat(update("ADD", ss("c"), "s").apply(item).item().get("s")).isEqualTo(ss("a", "b", "c"));
        assertThat(update("ADD", l(n(1)), "l").apply(item).item().get("l")).isEqualTo(l(n(1), n(1)));
        assertThat(update("DELETE", ss("a"), "s").apply(item).item().get("s")).isEqualTo(ss("b"));
        assertThat(update("DELETE", ss("a", "b"), "s").apply(item).item().contains("s"))
                .isFalse();
        assertThat(update("DELETE", ss("a"), "x").apply(item).item()).isEqualTo(item);
        assertThat(update("DELETE", null, "n").apply(item).updatedOld()).isEqualTo(item("n", n(3)));
        assertThat(update("ADD", n(1), "n").apply(item).updatedNew()).isEqualTo(item("n", n(4)));
    }

    @Test
    void updatesCostAsExpressionsDo() {
        var updates = new LinkedHashMap<String, AttributeUpdate>();
        updates.put("a", new AttributeUpdate("PUT", n(1)));
        updates.put("b", new AttributeUpdate("DELETE", null));
        var update = Legacy.update(updates);
        assertThat(update.actionCostBytes()).isEqualTo(3 + 19 + 2);
        assertThat(update.attributeNames()).containsExactly("a", "b");
        assertThat(update.assignedTypes()).isEqualTo(Map.of("a", AttributeType.N));
        assertThat(update.source()).isEqualTo(new ExpressionSource.Updates(updates));
        assertThat(update.createsItem()).isTrue();
        assertThat(Legacy.update(Map.of()).createsItem()).isTrue();
        assertThat(update("DELETE", null, "b").createsItem()).isFalse();
    }

    @Test
    void updatesRefused() {
        assertThat(refusal(() -> update("PUT", null, "a")))
                .isEqualTo(INVALID + "Only DELETE action is allowed when no attribute value is specified");
        for (var value : List.of(s("1"), n(1), b(1), nul(), bool(true), m(), l())) {
            assertThat(refusal(() -> update("DELETE", value, "a")))
                    .isEqualTo(INVALID + "DELETE action with value is not supported for the type " + value.type());
        }
        for (var value : List.of(s("1"), b(1), nul(), bool(true), m())) {
            assertThat(refusal(() -> update("ADD", value, "a")))
                    .isEqualTo(INVALID + "ADD action is not supported for the type " + value.type());
        }
        assertThat(refusal(() -> update("ADD", n(1), "a").apply(ITEM)))
                .isEqualTo("Type mismatch for attribute to update");
        assertThat(refusal(() -> update("DELETE", ss("1"), "b").apply(ITEM)))
                .isEqualTo("Type mismatch for attribute to update");
    }

    @Test
    void keyConditions() {
        var schema = KeySchema.of(new KeyAttribute("p", AttributeType.S), new KeyAttribute("c", AttributeType.N));
        var partition = new LegacyComparison("EQ", List.of(s("key")));
        assertThat(Legacy.keyCondition(
                        Map.of("p", partition, "c", new LegacyComparison("BETWEEN", List.of(n(1), n(2)))), schema))
                .isEqualTo(new KeyCondition(List.of(s("key")), List.of(), new SortComparison.Between(n(1), n(2))));
        for (var operator : List.of("NE", "CONTAINS", "NOT_CONTAINS", "IN")) {
            var predicates =
                    Legacy.keyPredicates(Map.of("p", partition, "c", new LegacyComparison(operator, List.of(n(1)))));
            assertThat(refusal(() -> predicates.against(schema)))
                    .isEqualTo("Attempted conditional constraint is not an indexable operation");
        }
        var other = Legacy.keyPredicates(Map.of("z", new LegacyComparison("NULL", List.of())));
        assertThat(refusal(() -> other.against(schema))).isEqualTo("Query condition missed key schema element: p");
        assertThat(refusal(() -> Legacy.keyPredicates(Map.of()))).isEqualTo("Conditions can be of length 1 or 2 only");
    }

    @Test
    void attributesToGet() {
        var projection = Legacy.attributesToGet(List.of("n", "a.b", "z"));
        assertThat(projection.project(item("n", n(1), "a.b", n(2), "a", m("b", n(3)))))
                .isEqualTo(item("n", n(1), "a.b", n(2)));
        assertThat(projection.nestedNames()).isEmpty();
        assertThat(projection.source()).isEqualTo(new ExpressionSource.Attributes(List.of("n", "a.b", "z")));
        assertThat(refusal(() -> Legacy.attributesToGet(List.of("a", "b", "a"))))
                .isEqualTo(INVALID + "Duplicate value in attribute name: a");
    }
}
