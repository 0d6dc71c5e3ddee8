package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of WHERE about the key, as text: {@code key [sort condition]; … [filter] [keyed] [backwards]}. */
class KeyAccessTest {
    static final KeySchema HASH = KeySchema.of(new KeyAttribute("k", AttributeType.S));
    private static final KeySchema BOTH =
            KeySchema.of(new KeyAttribute("k", AttributeType.S), new KeyAttribute("r", AttributeType.N));

    private static String access(KeySchema key, String rest) {
        var select = (Statement.Select) Statements.bind("SELECT * FROM t " + rest, List.of());
        return switch (select.access(key)) {
            case KeyAccess.Everything everything -> everything.filtered() ? "everything filter" : "everything";
            case KeyAccess.Lookups lookups ->
                lookups.conditions().stream().map(KeyAccessTest::describe).collect(Collectors.joining("; "))
                        + (lookups.filtered() ? " filter" : "")
                        + (lookups.keyed() ? " keyed" : "")
                        + (lookups.forward() ? "" : " backwards");
        };
    }

    private static String describe(KeyCondition condition) {
        var sort = switch (condition.last()) {
            case null ->
                condition.sortEquals().isEmpty()
                        ? ""
                        : "=" + text(condition.sortEquals().getFirst());
            case SortComparison.Compare(var operator, var value) -> operator + text(value);
            case SortComparison.Between(var low, var high) -> text(low) + ".." + text(high);
            case SortComparison.BeginsWith(var prefix) -> text(prefix) + "*";
        };
        return text(condition.partitionKey().getFirst()) + (sort.isEmpty() ? "" : " " + sort);
    }

    private static String text(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(var text) -> text;
            case AttributeValue.N(var number) -> number.toString();
            default -> value.toString();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k = 'a' | a keyed",
                "'a' = k | a keyed",
                "k = 'a' AND x = 1 | a filter keyed",
                "k = 'a' AND r = 1 | a =1 keyed",
                "k = 'a' AND r > 1 | a GREATER1 keyed",
                "k = 'a' AND 1 >= r | a LESS_OR_EQUAL1 keyed",
                "k = 'a' AND r BETWEEN 1 AND 3 | a 1..3 keyed",
                "k = 'a' AND r > 1 AND r < 5 | a GREATER1 filter keyed",
                "k = 'a' AND r > 0 AND r = 4 | a =4 filter keyed",
                "k = 'a' AND r <> 4 | a filter keyed",
                "k = 'a' AND k = 'b' | a filter keyed",
                "k IN ['a', 'b'] | a; b keyed",
                "k IN ['a', 'b', 'a'] AND x = 1 | a; b filter keyed",
                "k = 'a' OR k = 'b' | a; b",
                "(k = 'a' AND r = 1) OR (k = 'b' AND r < 3) | a =1; b LESS3",
                "k = 'a' AND (r = 1 OR r = 2) | a =1; a =2 keyed",
                "k = 'a' AND r IN [1, 2] | a =1; a =2 keyed",
                "k IN ['a', 'b'] AND r IN [1, 2] | a =1; a =2; b =1; b =2 keyed",
                "k = 'a' AND (x = 1 OR y = 2) | a filter keyed",
                "k = 'a' AND r < 2 OR k = 'a' AND r > 3 | a LESS2; a GREATER3",
                "k = 'a' AND r = 2 AND x = 1 OR k = 'a' AND r = 2 | a =2 filter",
                "k = 'a' AND x = 1 OR k = 'a' AND y = 2 | a filter",
                "k = 'a' AND NOT r = 1 OR k = 'a' AND r = 2 | a filter",
                "k = 'a' OR k = 'a' AND NOT r = 1 | a filter",
                "k = 'a' OR x = 1 | everything filter",
                "k > 'a' | everything filter",
                "NOT k = 'a' | everything filter",
                "r = 1 | everything filter",
                "k = 1 OR r = 1 | everything filter",
                "k = x | everything filter",
                "k IN ['a', x] | everything filter",
                "begins_with(k, 'a') | everything filter",
            })
    void whatIsReadOfWhere(String where, String expected) {
        assertThat(access(BOTH, "WHERE " + where)).isEqualTo(expected);
    }

    @Test
    void withoutWhereEverythingIsRead() {
        assertThat(access(BOTH, "")).isEqualTo("everything");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "k = 1 | Key attribute's data type should match its data type in table's schema: Key k",
                "k = 1 OR k = 'a' | Key attribute's data type should match its data type in table's schema: Key k",
                "k = 'a' AND r = 'x' | Key attribute's data type should match its data type in table's schema: Key r",
                "k = 'a' AND r IN [1, 'x'] | Key attribute's data type should match its data type in table's schema: Key r",
                "k = 'a' AND begins_with(r, '1') | Key attribute's data type should match its data type in table's schema: Key r",
                "k = 'a' AND x = '1' OR k = 'a' AND r = 2 | Overlapping conditions with range keys are not supported in where clause",
                "k = 'a' AND x <> '1' OR k = 'a' AND r = 2 | Overlapping conditions with range keys are not supported in where clause",
                "k = 'a' AND r < 3 OR k = 'a' AND r > 2 | Overlapping conditions with range keys are not supported in where clause",
                "k = 'a' AND r BETWEEN 1 AND 3 OR k = 'a' AND r = 3 | Overlapping conditions with range keys are not supported in where clause",
            })
    void whatIsRefused(String where, String message) {
        assertThat(Given.refusal(() -> access(BOTH, "WHERE " + where))).isEqualTo(message);
    }

    @Test
    void atMostFiftyPartitionKeys() {
        var fifty = IntStream.range(0, 50).mapToObj(i -> "'" + i + "'").collect(Collectors.joining(", "));
        assertThat(access(HASH, "WHERE k IN [" + fifty + "]").split(";")).hasSize(50);
        assertThat(Given.refusal(() -> access(HASH, "WHERE k IN [" + fifty + ", 'x']")))
                .isEqualTo("The IN operator is provided with too many operands; number of operands: 51");
    }

    @Test
    void whatHasTooManyAlternativesIsAskedOfEachItem() {
        var any = IntStream.range(0, 90).mapToObj(Integer::toString).collect(Collectors.joining(", ", "r IN [", "]"));
        assertThat(access(BOTH, "WHERE k = 'a' AND " + any + " AND " + any)).isEqualTo("a filter keyed");
        assertThat(access(BOTH, "WHERE k = 'a' OR (" + any + " AND " + any + ")"))
                .isEqualTo("everything filter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "WHERE k = 'a' ORDER BY r | a keyed",
                "WHERE k = 'a' ORDER BY r DESC | a keyed backwards",
                "WHERE k = 'a' ORDER BY k DESC | a keyed",
                "WHERE k IN ['b', 'c', 'a'] ORDER BY k | a; b; c keyed",
                "WHERE k IN ['b', 'c', 'a'] ORDER BY k DESC, r DESC | c; b; a keyed backwards",
                "WHERE k = 'a' AND r IN [2, 3, 1] ORDER BY r DESC | a =3; a =2; a =1 keyed backwards",
            })
    void order(String rest, String expected) {
        assertThat(access(BOTH, rest)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ORDER BY k | Must have WHERE clause in the statement when using ORDER BY clause.",
                "WHERE x = 1 ORDER BY k | Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.",
                "WHERE k = 'a' ORDER BY x | Variable reference x in ORDER BY clause must be part of the primary key",
                "WHERE k IN ['a', 'b'] ORDER BY r | Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.",
            })
    void orderThatIsRefused(String rest, String message) {
        assertThat(Given.refusal(() -> access(BOTH, rest))).isEqualTo(message);
    }

    private static String keyOf(String where) {
        var delete = (Statement.Delete) Statements.bind("DELETE FROM t WHERE " + where, List.of());
        var condition = delete.condition(BOTH);
        return delete.key(BOTH) + (condition == null ? "" : " and condition");
    }

    @Test
    void aWriteNeedsTheWholeKey() {
        var key = Given.item("k", Given.s("a"), "r", Given.n(1)).toString();
        assertThat(keyOf("k = 'a' AND r = 1")).isEqualTo(key);
        assertThat(keyOf("(r = 1) AND 'a' = k")).isEqualTo(key);
        assertThat(keyOf("k IN ['a'] AND r = 1 AND x = 2")).isEqualTo(key + " and condition");
        for (var where :
                List.of("k = 'a'", "k = 'a' AND r > 1", "k = 'a' OR r = 1", "x = 1", "k IN ['a', 'b'] AND r = 1")) {
            assertThat(Given.refusal(() -> keyOf(where)))
                    .isEqualTo("Where clause does not contain a mandatory equality on all key attributes");
        }
        assertThat(Given.refusal(() -> keyOf("k = 1 AND r = 1"))).endsWith("schema: Key k");
    }
}
