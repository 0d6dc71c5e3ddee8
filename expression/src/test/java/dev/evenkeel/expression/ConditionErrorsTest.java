package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.b;
import static dev.evenkeel.expression.Given.bool;
import static dev.evenkeel.expression.Given.bs;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.noPlaceholders;
import static dev.evenkeel.expression.Given.ns;
import static dev.evenkeel.expression.Given.nul;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static dev.evenkeel.expression.Given.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused in conditions before any item is seen, word for word. */
class ConditionErrorsTest {

    private static String refused(String text, Placeholders placeholders) {
        var message = refusal(() -> Expressions.condition(ExpressionKind.FILTER, text, placeholders));
        assertThat(message).startsWith("Invalid FilterExpression: ");
        return message.substring("Invalid FilterExpression: ".length());
    }

    private static String refused(String text) {
        return refused(text, noPlaceholders());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "things are not gonna be ok|are|things are not",
                "a > 4|4|> 4",
                "attribute_exists(Pictures-RearView)|-|Pictures-RearView",
                "attribute_exists(\"Pictures.RearView\")|\"|(\"Pictures",
                "attribute_exists(Pictures..RearView)|.|..RearView",
                "attribute_exists(Pi#ctures.RearView)|#ctures|Pi#ctures.",
                "attribute_exists(asdf[a])|a|[a]",
                "a in b, c|b|in b,",
                "a > between|between|> between",
                "a in b|b|in b",
                "a in (b,c,)|)|,)",
                "(a)between(b.(c.d))and(c)|(|.(c",
                "(a)between(b.c.d)and((c)|<EOF>|)",
                "#$.b > a|#|#$",
                "a > :things.stuff|.|:things.stuff",
                "b[:a] > a|:a|[:a]",
                "b[#_] > a|#_|[#_]",
                "ü > a|ü|ü >",
                "(a)between(b.c[4.5].#d)and(:a)|.|4.5",
                "size(a).b > a|.|).b",
                "(size(a)).b > a|.|).b",
                "size(a)[0] > a|[|)[0",
                "_a = b|_|_a",
                "whatever|<EOF>|whatever",
                "a AND b = c|AND|a AND b",
                "a = b AND c|<EOF>|c",
                "(a = b) = c|=|) = c",
                "a = (b = c)|=|b = c",
                "NOT (a)|<EOF>|)",
                "(a AND b = c)|AND|a AND b",
                "add = b|add|add =",
                "a.b.and = c|and|.and =",
                "((|<EOF>|(",
                "😀 = a|😀|😀 =",
                "a IN ()|)|()",
                "a[01] = b|1|01]",
            })
    void syntaxErrorsTellTokenAndSurroundings(String text, String token, String near) {
        assertThat(refused(text)).isEqualTo("Syntax error; token: \"" + token + "\", near: \"" + near + "\"");
    }

    @Test
    void spacesAloneAreNoExpression() {
        assertThat(refused("  ")).isEqualTo("Syntax error; token: \"<EOF>\", near: \"  \"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=a and a > ((views))",
                "(a)between(((b.c)).d)and(c)",
                "a > whatever((:things), ((a)))",
                "a=a AND ((a=a AND a=a)) AND a=a",
                "a=a OR ((a=a OR a=a)) OR a=a",
                "a=a AND ((a=a AND (a=a AND a=a)))",
                "a=a OR ((a=a OR (a=a OR a=a)))",
                "((a)) = b",
                "((a = b)) and (",
                "NOT ((a = b))",
                "((size(a))) > b",
            })
    void parenthesesAroundParenthesesAreRedundant(String text) {
        assertThat(refused(text)).isEqualTo("The expression has redundant parentheses;");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a=a and whatever((:things)) > a|whatever", "attRIbute_exIsts((views), #a)|attRIbute_exIsts"})
    void unknownFunctions(String text, String function) {
        assertThat(refused(text)).isEqualTo("Invalid function name; function: " + function);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=a and attribute_exists((views), (#a)) > b|attribute_exists",
                "attribute_not_exists(things) > b|attribute_not_exists",
                "attribute_type(things, :a) > b|attribute_type",
                "begins_with(things, a) > b|begins_with",
                "contains(:things, c) > b|contains",
                "size(contains(a, b)) > a|contains",
                "size(things)|size",
                "NOT (size(things))|size",
                "a between b and attribute_exists(things)|attribute_exists",
                "a in (b, attribute_exists(things))|attribute_exists",
            })
    void functionsOutOfPlace(String text, String function) {
        assertThat(refused(text))
                .isEqualTo("The function is not allowed to be used this way in an expression; function: " + function);
    }

    @ParameterizedTest
    @ValueSource(strings = {"if_not_exists", "list_append"})
    void functionsOfUpdates(String function) {
        assertThat(refused(function + "(a, b) = c"))
                .isEqualTo("The function is not allowed in a condition expression; function: " + function);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"attribute_exists(views, #a)|views", ":a < abOrT|abOrT", "a.Status = :b|Status"})
    void reservedWords(String text, String word) {
        assertThat(refused(text)).isEqualTo("Attribute name is a reserved keyword; reserved keyword: " + word);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute_exists(#Pictures.RearView, :a) and a=a|#Pictures",
                "begins_with(Pictures.#RearView)|#RearView",
                "(#P between :lo and :hi) and (#PC in (:cat1, :cat2))|#P",
                "#4g > a|#4g",
                "#_ > a|#_",
                "(a)between(b.c[45].#d)and(:a)|#d",
            })
    void undefinedNames(String text, String name) {
        assertThat(refused(text))
                .isEqualTo("An expression attribute name used in the document path is not defined; attribute name: "
                        + name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"begins_with(:hello, #a, #b)|:hello", ":a < :b|:a", ":_ > a|:_"})
    void undefinedValues(String text, String value) {
        assertThat(refused(text))
                .isEqualTo(
                        "An expression attribute value used in expression is not defined; attribute value: " + value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute_exists(things, a) and a=a|attribute_exists|2",
                "attribute_not_exists(things, b)|attribute_not_exists|2",
                "attribute_type(things)|attribute_type|1",
                "begins_with(things)|begins_with|1",
                "begins_with(things, size(a), b)|begins_with|3",
                "contains(things)|contains|1",
                "size(things, a) > b|size|2",
            })
    void wrongNumberOfOperands(String text, String function, int operands) {
        assertThat(refused(text))
                .isEqualTo("Incorrect number of operands for operator or function; operator or function: " + function
                        + ", number of operands: " + operands);
    }

    static Stream<Arguments> wrongTypes() {
        var number = n(1);
        var all = List.of(number, bool(true), nul(), l(), m(), ss("1"), ns(1), bs(1));
        var attributeType = Stream.concat(all.stream(), Stream.of(b(1)))
                .map(value -> Arguments.of("attribute_type(a, :a)", "attribute_type", value));
        var beginsWith = all.stream()
                .flatMap(value -> Stream.of(
                        Arguments.of("begins_with(a, :a)", "begins_with", value),
                        Arguments.of("begins_with(:a, a)", "begins_with", value)));
        var ordering = Stream.of("<", "<=", ">", ">=")
                .flatMap(operator -> all.stream()
                        .skip(1)
                        .flatMap(value -> Stream.of(
                                Arguments.of("a " + operator + " :a", operator, value),
                                Arguments.of(":a " + operator + " a", operator, value))));
        var between = all.stream().skip(1).map(value -> Arguments.of("a between :a and b", "BETWEEN", value));
        var others = Stream.of(
                Arguments.of("attribute_type(a, size(a)) and a=a and a=:a", "attribute_type", number),
                Arguments.of("begins_with(a, size(a)) and a=:a", "begins_with", number),
                Arguments.of("size(size(a)) > :a", "size", number),
                Arguments.of("attribute_not_exists(size(:a))", "size", number),
                Arguments.of("size(:a) > a", "size", bool(true)),
                Arguments.of("size(:a) > a", "size", nul()));
        return Stream.of(attributeType, beginsWith, ordering, between, others).flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource
    void wrongTypes(String text, String operator, AttributeValue value) {
        assertThat(refused(text, Given.values(":a", value)))
                .isEqualTo("Incorrect operand type for operator or function; operator or function: " + operator
                        + ", operand type: " + value.type());
    }

    @Test
    void namesOfTypes() {
        assertThat(refused("attribute_type(a, :a)", Given.values(":a", s("1"))))
                .isEqualTo("Invalid attribute type name found; type: 1, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        assertThat(refused("attribute_type(a, b)"))
                .isEqualTo("Incorrect operand type for operator or function; operator or function: attribute_type, "
                        + "operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribute_exists(:a) and a=a|attribute_exists",
                "attribute_not_exists(size(:a))|attribute_not_exists",
            })
    void functionsThatNeedPaths(String text, String function) {
        assertThat(refused(text, Given.values(":a", s("1"))))
                .isEqualTo("Operator or function requires a document path; operator or function: " + function);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = a AND #a = b AND :views > a|=|[a]",
                "#a <> a|<>|[a]",
                "a > #a|>|[a]",
                "((a=a) OR (a=a))|=|[a]",
                "((a=a) AND (a=a))|=|[a]",
                "contains(ab.bc[1].a, ab.bc[1].#a)|contains|[ab, bc, [1], a]",
                "attribute_type(ab.bc[1].#a, ab.bc[1].a)|attribute_type|[ab, bc, [1], a]",
                "begins_with(ab.bc[1].a, ab.bc[1].#a)|begins_with|[ab, bc, [1], a]",
                "a between b and #a|BETWEEN|[a]",
                "a in (b, #a)|IN|[a]",
            })
    void attributesComparedWithThemselves(String text, String operator, String path) {
        assertThat(refused(text, new Placeholders(Map.of("#a", "a"), null)))
                .isEqualTo("The first operand must be distinct from the remaining operands for this operator or "
                        + "function; operator: " + operator + ", first operand: " + path);
    }

    @Test
    void boundsOfBetween() {
        assertThat(refused("a between :b and :a", Given.values(":a", s("a"), ":b", n(1))))
                .isEqualTo("The BETWEEN operator requires same data type for lower and upper bounds; lower bound "
                        + "operand: AttributeValue: {N:1}, upper bound operand: AttributeValue: {S:a}");
        assertThat(refused("a between :b and :a", Given.values(":a", s("a"), ":b", s("b"))))
                .isEqualTo(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower "
                                + "bound operand: AttributeValue: {S:b}, upper bound operand: AttributeValue: {S:a}");
        assertThat(refused("a between :b and :a", Given.values(":a", b(1), ":b", b(2, 3))))
                .isEqualTo(
                        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower "
                                + "bound operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=2 cap=2]}, upper bound "
                                + "operand: AttributeValue: {B:java.nio.HeapByteBuffer[pos=0 lim=1 cap=1]}");
    }

    @Test
    void emptyAndOversizedTexts() {
        assertThat(refused("")).isEqualTo("The expression can not be empty;");
        assertThat(refused("(".repeat(15_000)))
                .isEqualTo("Expression size has exceeded the maximum allowed size; expression size: 15000");
        assertThat(refused("ü".repeat(2049))).endsWith("expression size: 4098");
        assertThat(refused("x".repeat(4096))).startsWith("Syntax error");
    }

    @Test
    void operatorsAreCountedUpTo301() {
        var atLimit = "a<b" + " or (a<b".repeat(149) + ")".repeat(149); // 299
        assertThat(Given.matches(atLimit, Given.item("a", n(1), "b", n(2)))).isTrue();
        assertThat(Given.matches("not " + atLimit, Given.item("a", n(1), "b", n(2))))
                .isTrue();
        var tooMany = "The expression contains too many operators; operator count: 301";
        assertThat(refused("not not " + atLimit)).isEqualTo(tooMany);
        assertThat(refused("a<b" + " or (a<b".repeat(400) + ")".repeat(400))).isEqualTo(tooMany);
        assertThat(refused("not ".repeat(1000) + "a<b")).isEqualTo(tooMany);
    }

    @Test
    void functionsAreNotOperators() {
        var text = IntStream.range(0, 151).mapToObj(_ -> "attribute_exists(a)").collect(Collectors.joining(" or "));
        assertThat(Given.matches(text, Given.item("a", n(1)))).isTrue();
    }

    @Test
    void inTakesHundredValues() {
        var hundred = IntStream.range(0, 100).mapToObj(i -> "b" + i).collect(Collectors.joining(","));
        assertThat(Given.matches("a in (" + hundred + ")", Given.item("a", n(1), "b99", n(1))))
                .isTrue();
        assertThat(refused("a in (" + hundred + ",c)"))
                .isEqualTo("The IN operator is provided with too many operands; number of operands: 101");
    }

    @Test
    void nestingTooDeepToFollowIsStillToldRight() {
        assertThat(refused("(".repeat(2046) + "a<b" + ")".repeat(2046)))
                .isEqualTo("The expression has redundant parentheses;");
        assertThat(refused("(".repeat(4096))).isEqualTo("Syntax error; token: \"<EOF>\", near: \"(\"");
        assertThat(refused("a < " + "f(".repeat(1355) + "b" + ")".repeat(1355)))
                .isEqualTo("Invalid function name; function: f");
    }

    @Test
    void listIndexesAndPathLengths() {
        assertThat(refused("a[2147483648] = b"))
                .isEqualTo("List index is not within the allowable range; index: [2147483648]");
        assertThat(refused("a[99999999999999999999] = b"))
                .isEqualTo("List index is not within the allowable range; index: [99999999999999999999]");
        assertThat(Given.matches("attribute_not_exists(a[2147483647])", Given.item()))
                .isTrue();
        assertThat(refused("attribute_exists(a" + ".a".repeat(32) + ")"))
                .isEqualTo("The document path has too many nesting levels; nesting levels: 33");
    }

    /** The groups of checks go over the whole expression one after the other; the last goes condition by condition. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a = a and whatever(b)|Invalid function name; function: whatever",
                "a = a and size(b)|The function is not allowed to be used this way in an expression; function: size",
                "a = a and status = b|Attribute name is a reserved keyword; reserved keyword: status",
                "attribute_exists(a, b) and #x = c|Incorrect number of operands for operator or function; operator or"
                        + " function: attribute_exists, number of operands: 2",
                "begins_with(#x) and a = a|An expression attribute name used in the document path is not defined;"
                        + " attribute name: #x",
            })
    void orderOfChecks(String text, String message) {
        assertThat(refused(text)).isEqualTo(message);
    }
}
