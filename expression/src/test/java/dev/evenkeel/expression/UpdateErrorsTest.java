package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.b;
import static dev.evenkeel.expression.Given.bool;
import static dev.evenkeel.expression.Given.bs;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.ns;
import static dev.evenkeel.expression.Given.nul;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static dev.evenkeel.expression.Given.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in updates before any item is seen, word for word. */
class UpdateErrorsTest {
    private static final Map<String, String> NAMES = Map.of("#c", "c", "#d", "[3]");

    private static String refused(String text, Placeholders placeholders) {
        var message = refusal(() -> Expressions.update(text, placeholders));
        assertThat(message).startsWith("Invalid UpdateExpression: ");
        return message.substring("Invalid UpdateExpression: ".length());
    }

    private static String refused(String text) {
        return refused(text, Given.noPlaceholders());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatever",
                "set a",
                "add a",
                "delete a",
                "set a=set",
                "remove a = b",
                "add a = b",
                "delete a = b",
                "delete a b",
                "delete a if_not_exist(b)",
                "add abort b",
                "add a if_not_exist(b)",
                "remove a b",
                "set a b",
                "set :a = b",
                "add :a b",
                "delete :a b",
                "remove :a",
                "set a = b / c",
                "set a = b * c",
                "set a[1] = \"eight\"",
                "set a[1] = 1",
                "SET a = if_not_exist(a, 100)",
                "SET if_not_exist(a, b) = a",
                "set (a = (b + c))",
                "set a = (b.c).d + e",
                "set a = (b.c)[0] + e",
                "set a = b + c + d",
                "set a = (b + c) + d",
                "set a = b + (c + d)",
                "set a = if_not_exists(b, c + d)",
                "set a = b,",
                "set a = b and c = d",
                "set _a = b",
                "set a = _f(b, c)",
                "set",
            })
    void syntaxErrors(String text) {
        assertThat(refused(text)).startsWith("Syntax error; token: \"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "INVALID SYNTAX HERE|INVALID|INVALID SYNTAX",
                "SET _123 = :val1|_|SET _123",
                "ADD hits : incr|:|hits : incr",
                "SET a=:b, c=:d,|<EOF>|,",
                "SET a = b, SET c = d|SET|, SET c",
                "SET a = b + c + d|+|c + d",
            })
    void syntaxErrorsTellTokenAndSurroundings(String text, String token, String near) {
        assertThat(refused(text)).isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {" set #c = :c set abOrt = true |abOrt", "remove Absolute |Absolute", "set a = status|status"})
    void reservedWords(String text, String word) {
        assertThat(refused(text, Given.names(NAMES)))
                .isEqualTo("Attribute name is a reserved keyword; reserved keyword: " + word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set a = #c set c = :d|SET",
                "remove #d set a = b remove e|REMOVE",
                "add #d :e set a = b add e :f|ADD",
                "delete #d :e set a = b delete #e :f|DELETE"
            })
    void sectionsAppearOnce(String text, String section) {
        assertThat(refused(text))
                .isEqualTo("The \"" + section + "\" section can only be used once in an update expression;");
    }

    @Test
    void functionsByNameAndPlace() {
        assertThat(refused("set #c = if_not_exist(:c) set c = d"))
                .isEqualTo("Invalid function name; function: if_not_exist");
        assertThat(refused("set a = LIST_APPEND(b, c)")).isEqualTo("Invalid function name; function: LIST_APPEND");
        assertThat(refused("set a = size(b)"))
                .isEqualTo("The function is not allowed in an update expression; function: size");
        assertThat(refused("set a = list_append(list_append(b, c), d)"))
                .isEqualTo("The function is not allowed to be used this way in an expression; function: list_append");
    }

    @Test
    void undefinedPlaceholders() {
        assertThat(refused("SET #c = if_not_exists(:c)"))
                .isEqualTo("An expression attribute name used in the document path is not defined; "
                        + "attribute name: #c");
        assertThat(refused("SET #c = if_not_exists(:c)", Given.names(NAMES)))
                .isEqualTo("An expression attribute value used in expression is not defined; attribute value: :c");
        assertThat(refused("SET attr1 = :v"))
                .isEqualTo("An expression attribute value used in expression is not defined; attribute value: :v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set d[1] = a, d.b = a, c[1].a = a, #c = if_not_exists(a)|overlap|[c, [1], a]|[c]",
                "set #c[3].#d = a, #c[3] = a|overlap|[c, [3], [3]]|[c, [3]]",
                "SET a = :v REMOVE a|overlap|[a]|[a]",
                "SET a.b = c, a.b = d|overlap|[a, b]|[a, b]",
                "SET a.b.c.d.e = :v, a.b = :v|overlap|[a, b, c, d, e]|[a, b]",
                "set #c[3].#d = a, #c.#d[3] = if_not_exists(a)|conflict|[c, [3], [3]]|[c, [3], [3]]",
                "remove a.#c set a[1] = #d|conflict|[a, c]|[a, [1]]",
                "SET a.b.c = x, a.b[2] = x|conflict|[a, b, c]|[a, b, [2]]",
            })
    void pathsInEachOthersWay(String text, String what, String one, String two) {
        var placeholders = new Placeholders(NAMES, Given.map(":v", n(1)));
        assertThat(refused(text, placeholders))
                .isEqualTo(
                        "Two document paths " + what + " with each other; must remove or rewrite one of these paths; "
                                + "path one: " + one + ", path two: " + two);
    }

    static Stream<Arguments> operandsOfAddAndDelete() {
        var refused = Stream.of(
                        Arguments.of(s("a"), "STRING"),
                        Arguments.of(nul(), "NULL"),
                        Arguments.of(bool(false), "BOOLEAN"),
                        Arguments.of(b(1), "BINARY"),
                        Arguments.of(m("a", l(n(1))), "MAP"),
                        Arguments.of(l(n(1)), "LIST"))
                .flatMap(arguments -> Stream.of("ADD", "DELETE")
                        .map(action -> Arguments.of(
                                action, arguments.get()[0], arguments.get()[1])));
        return Stream.concat(refused, Stream.of(Arguments.of("DELETE", n(1), "NUMBER")));
    }

    @ParameterizedTest
    @MethodSource
    void operandsOfAddAndDelete(String action, AttributeValue value, String type) {
        var expected = "Incorrect operand type for operator or function; operator: " + action + ", operand type: "
                + type + ", typeSet: ALLOWED_FOR_" + action + "_OPERAND";
        assertThat(refused(action + " a.b :a", Given.values(":a", value))).isEqualTo(expected);
        // The last action is looked at first.
        assertThat(refused(
                        "set b = list_append(:a, a), c = if_not_exists(a) " + action + " a.b :a",
                        Given.values(":a", value)))
                .isEqualTo(expected);
    }

    @Test
    void numbersOfOperands() {
        assertThat(refused("set a = if_not_exists(c)"))
                .isEqualTo("Incorrect number of operands for operator or function; operator or function: "
                        + "if_not_exists, number of operands: 1");
        assertThat(refused("set a = list_append(b, c, d)"))
                .isEqualTo("Incorrect number of operands for operator or function; operator or function: "
                        + "list_append, number of operands: 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set a = if_not_exists(:a, c)", "set a = if_not_exists(if_not_exists(a, b), c)"})
    void ifNotExistsNeedsAPath(String text) {
        assertThat(refused(text, Given.values(":a", s("a"))))
                .isEqualTo("Operator or function requires a document path; operator or function: if_not_exists");
    }

    static Stream<Arguments> constantsOfWrongTypes() {
        var all = List.of(s("a"), b(1), bool(true), nul(), ss("a"), ns(1), bs(1), m());
        var appended = Stream.concat(all.stream(), Stream.of(n(1)))
                .flatMap(value -> Stream.of(
                        Arguments.of("set a = list_append(:a, a)", "list_append", value),
                        Arguments.of("set a = list_append(a, :a)", "list_append", value)));
        var summed = Stream.concat(all.stream(), Stream.of(l()))
                .flatMap(value -> Stream.of(
                        Arguments.of("set a = a + :a", "+", value), Arguments.of("set a = :a - a", "-", value)));
        return Stream.concat(appended, summed);
    }

    @ParameterizedTest
    @MethodSource
    void constantsOfWrongTypes(String text, String operator, AttributeValue value) {
        assertThat(refused(text, Given.values(":a", value)))
                .isEqualTo("Incorrect operand type for operator or function; operator or function: " + operator
                        + ", operand type: " + value.type());
    }

    @Test
    void emptyAndOversizedTexts() {
        assertThat(refused("")).isEqualTo("The expression can not be empty;");
        assertThat(refused(" ".repeat(4097)))
                .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 4097");
        var sums = new StringBuilder("set a0=b+c");
        for (int i = 1; i <= 300; i++) {
            sums.append(",a").append(i).append("=b+c");
        }
        assertThat(refused(sums.toString()))
                .isEqualTo("The expression contains too many operators; operator count: 301");
    }
}
