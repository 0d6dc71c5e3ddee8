package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.b;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.expression.SortComparison.BeginsWith;
import dev.evenkeel.expression.SortComparison.Between;
import dev.evenkeel.expression.SortComparison.Compare;
import dev.evenkeel.expression.SortComparison.Operator;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConditionTest {
    private static final KeySchema HASH = KeySchema.of(key("p", AttributeType.S));
    private static final KeySchema RANGE = KeySchema.of(key("p", AttributeType.S), key("c", AttributeType.N));
    private static final KeySchema BYTES = KeySchema.of(key("p", AttributeType.S), key("c", AttributeType.B));
    private static final KeySchema MULTI = new KeySchema(
            List.of(key("h1", AttributeType.S), key("h2", AttributeType.N)),
            List.of(key("r1", AttributeType.S), key("r2", AttributeType.N), key("r3", AttributeType.S)));

    private static final Map<String, AttributeValue> VALUES =
            Given.map(":p", s("key"), ":n", n(3), ":m", n(7), ":x", s("x"), ":b", b(1), ":e", s(""), ":eb", b());

    private static KeyAttribute key(String name, AttributeType type) {
        return new KeyAttribute(name, type);
    }

    private static KeyCondition bind(String text, KeySchema schema) {
        return Expressions.keyCondition(text, new Placeholders(null, VALUES), schema);
    }

    private static String refused(String text, KeySchema schema) {
        var predicates = Expressions.keyPredicates(text, new Placeholders(null, VALUES));
        return refusal(() -> predicates.against(schema));
    }

    /** Refused before it is known what the key is. */
    private static String refusedAtOnce(String text, Object... values) {
        var placeholders = values.length == 0 ? Given.noPlaceholders() : Given.values(values);
        return refusal(() -> Expressions.keyPredicates(text, placeholders));
    }

    @Test
    void partitionKeyAlone() {
        var expected = new KeyCondition(List.of(s("key")), List.of(), null);
        assertThat(bind(" p  =   :p ", HASH)).isEqualTo(expected);
        assertThat(bind(":p = p", HASH)).isEqualTo(expected);
        assertThat(bind("(p = :p)", RANGE)).isEqualTo(expected);
    }

    @Test
    void sortKeys() {
        assertThat(bind("p = :p AND c = :n", RANGE))
                .isEqualTo(new KeyCondition(List.of(s("key")), List.of(n(3)), null));
        assertThat(bind("((c = :n) AND (p = :p))", RANGE).sortEquals()).containsExactly(n(3));
        assertThat(bind("p = :p AND c < :n", RANGE).last()).isEqualTo(new Compare(Operator.LESS, n(3)));
        assertThat(bind("p = :p AND c <= :n", RANGE).last()).isEqualTo(new Compare(Operator.LESS_OR_EQUAL, n(3)));
        assertThat(bind("p = :p AND c > :n", RANGE).last()).isEqualTo(new Compare(Operator.GREATER, n(3)));
        assertThat(bind("p = :p AND c >= :n", RANGE).last()).isEqualTo(new Compare(Operator.GREATER_OR_EQUAL, n(3)));
        assertThat(bind(":n <= c AND p = :p", RANGE).last()).isEqualTo(new Compare(Operator.GREATER_OR_EQUAL, n(3)));
        assertThat(bind(":n > c AND p = :p", RANGE).last()).isEqualTo(new Compare(Operator.LESS, n(3)));
        assertThat(bind("p=:p AnD c BeTwEeN :n aNd :m", RANGE).last()).isEqualTo(new Between(n(3), n(7)));
        assertThat(bind("p = :p AND begins_with(c, :b)", BYTES).last()).isEqualTo(new BeginsWith(b(1)));
    }

    @Test
    void sortComparisonsTest() {
        assertThat(new Compare(Operator.LESS, n(3)).matches(n(2))).isTrue();
        assertThat(new Compare(Operator.LESS, n(3)).matches(n(3))).isFalse();
        assertThat(new Compare(Operator.LESS_OR_EQUAL, n(3)).matches(n(3))).isTrue();
        assertThat(new Compare(Operator.GREATER, n(3)).matches(n(3))).isFalse();
        assertThat(new Compare(Operator.GREATER_OR_EQUAL, n(3)).matches(n(3))).isTrue();
        assertThat(new Between(n(3), n(7)).matches(n(8))).isFalse();
        assertThat(new BeginsWith(s("a")).matches(s("abc"))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h1 = :p AND h2 = :n|[]",
                "h2 = :n AND r1 = :x AND h1 = :p|[x]",
                "r2 = :m AND h1 = :p AND h2 = :n AND r1 = :x|[x, 7]",
                "h1 = :p AND h2 = :n AND r1 = :x AND r2 = :m AND r3 = :x|[x, 7, x]",
            })
    void severalKeyAttributes(String text, String sortEquals) {
        var condition = bind(text, MULTI);
        assertThat(condition.partitionKey()).containsExactly(s("key"), n(3));
        assertThat(condition.sortEquals().stream()
                        .map(value -> value instanceof AttributeValue.S(var word)
                                ? word
                                : ((AttributeValue.N) value).value().toString())
                        .toList()
                        .toString())
                .isEqualTo(sortEquals);
        assertThat(condition.last()).isNull();
    }

    @Test
    void aRangeEndsSeveralSortKeys() {
        var condition = bind("h1 = :p AND h2 = :n AND r1 = :x AND r2 between :n and :m", MULTI);
        assertThat(condition.sortEquals()).containsExactly(s("x"));
        assertThat(condition.last()).isEqualTo(new Between(n(3), n(7)));
        assertThat(bind("h1 = :p AND h2 = :n AND begins_with(r1, :x)", MULTI).last())
                .isEqualTo(new BeginsWith(s("x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "h1 = :p|Query condition missed key schema element: h2",
                "h1 = :p AND h2 > :n|Query key condition not supported",
                "h1 = :p AND h2 = :n AND r2 = :n|Query condition missed key schema element: r1",
                "h1 = :p AND h2 = :n AND r1 = :x AND r3 = :x|Query condition missed key schema element: r2",
                "h1 = :p AND h2 = :n AND r1 > :x AND r2 = :n|Query key condition not supported",
                "h1 = :p AND h2 = :n AND begins_with(r1, :x) AND r2 = :n|Query key condition not supported",
                "h1 = :p AND h2 = :n AND r1 = :x AND r2 = :n AND r3 = :x AND z = :x|Query key condition not supported",
                "h1 = :n AND h2 = :n|One or more parameter values were invalid: Condition parameter type does not match"
                        + " schema type",
            })
    void severalKeyAttributesRefused(String text, String message) {
        assertThat(refused(text, MULTI)).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c = :n|Query condition missed key schema element: p",
                "z = :n|Query condition missed key schema element: p",
                "z between :n and :m|Query condition missed key schema element: p",
                "p = :p AND z < :n|Query condition missed key schema element: c",
                "p < :p|Query key condition not supported",
                "begins_with(p, :p) AND c = :n|Query key condition not supported",
                "p = :p AND c < :n AND z < :n|Conditions can be of length 1 or 2 only",
                "p = :n|One or more parameter values were invalid: Condition parameter type does not match schema type",
                "p = :p AND c = :x|One or more parameter values were invalid: Condition parameter type does not match"
                        + " schema type",
                "p = :e|One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain"
                        + " an empty string value. Key: p",
            })
    void refusedByTheKey(String text, String message) {
        assertThat(refused(text, RANGE)).isEqualTo(message);
    }

    @Test
    void refusedByAKeyWithoutSortKey() {
        assertThat(refused("p = :p AND c = :n", HASH)).isEqualTo("Query key condition not supported");
        assertThat(refused("p = :p AND c = :eb", BYTES)).endsWith("cannot contain an empty binary value. Key: c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a > b and size(b) > c or a > c|OR",
                "a in (b, size(c), d)|IN",
                "attribute_exists(a)|attribute_exists",
                "attribute_not_exists(a)|attribute_not_exists",
                "contains(a.d, b)|contains",
                "not a > b|NOT",
                "not attribute_exists(a)|NOT",
                "a <> b|<>",
            })
    void operatorsThatOnlyFiltersHave(String text, String operator) {
        assertThat(refusedAtOnce(text)).isEqualTo("Invalid operator used in KeyConditionExpression: " + operator);
        assertThat(refusedAtOnce("attribute_type(a, :a)", ":a", s("S")))
                .isEqualTo("Invalid operator used in KeyConditionExpression: attribute_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ":a between size(b) and size(a) and b > :b|BETWEEN",
                "begins_with(:a, b) and a > :b|begins_with",
            })
    void attributesComeFirst(String text, String operator) {
        assertThat(refusedAtOnce(text, ":a", s("1"), ":b", s("1")))
                .isEqualTo("Invalid condition in KeyConditionExpression: " + operator
                        + " operator must have the key attribute as its first operand");
    }

    @ParameterizedTest
    @ValueSource(strings = {"size(b) > a AND a.b > b AND b > c", "a > size(b.d)", "a between size(b) and size(a)"})
    void nothingNested(String text) {
        assertThat(refusedAtOnce(text)).isEqualTo("KeyConditionExpressions cannot contain nested operations");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b > a.b", "b between c[1] and d", "a between b and size(a)", "begins_with(a, b)", "p = c"})
    void oneAttributeInEach(String text) {
        assertThat(refusedAtOnce(text))
                .isEqualTo(
                        "Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.d > a AND c.d > e.f", "a.d > c", "b[0] > a"})
    void noPaths(String text) {
        assertThat(refusedAtOnce(text))
                .isEqualTo("Invalid KeyConditionExpression: "
                        + "KeyConditionExpressions cannot have conditions on nested attributes");
    }

    @ParameterizedTest
    @ValueSource(strings = {":b > :a AND a < :b", ":a > b AND :a < :b"})
    void someAttributeInEach(String text) {
        assertThat(refusedAtOnce(text, ":a", n(1), ":b", n(1)))
                .isEqualTo("Invalid condition in KeyConditionExpression: No key attribute specified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b > :a AND b < :a and c = :a and d = :a", "(a > :a and b > :a) and (b > :a and c > :a)"})
    void oneConditionForEach(String text) {
        assertThat(refusedAtOnce(text, ":a", n(1)))
                .isEqualTo("KeyConditionExpressions must only contain one condition per key");
    }

    @Test
    void whatIsWrongWithAnyCondition() {
        assertThat(refusedAtOnce("")).isEqualTo("Invalid KeyConditionExpression: The expression can not be empty;");
        assertThat(refusedAtOnce("p=:p AND c!=:c"))
                .isEqualTo("Invalid KeyConditionExpression: Syntax error; token: \"!\", near: \"c!=\"");
        assertThat(refusedAtOnce("p")).startsWith("Invalid KeyConditionExpression: Syntax error; ");
        assertThat(refusedAtOnce("((c=:c) AND ((p=:p)))"))
                .isEqualTo("Invalid KeyConditionExpression: The expression has redundant parentheses;");
        assertThat(refusedAtOnce("BEGINS_WITH(c, :c)"))
                .isEqualTo("Invalid KeyConditionExpression: Invalid function name; function: BEGINS_WITH");
        assertThat(refusedAtOnce("begins_with(c, :c)", ":c", n(3)))
                .isEqualTo("Invalid KeyConditionExpression: Incorrect operand type for operator or function; "
                        + "operator or function: begins_with, operand type: N");
    }
}
