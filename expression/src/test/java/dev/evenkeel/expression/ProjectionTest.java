package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.item;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.noPlaceholders;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.Item;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
    private static final Item ITEM =
            item("p", s("key"), "a", m("b", l(n(2), n(4), m("x", s("hi"), "y", s("yo"))), "c", n(5)), "b", s("hello"));

    private static String refused(String text, Placeholders placeholders) {
        var message = refusal(() -> Expressions.projection(text, placeholders));
        assertThat(message).startsWith("Invalid ProjectionExpression: ");
        return message.substring("Invalid ProjectionExpression: ".length());
    }

    static Stream<Arguments> projections() {
        return Stream.of(
                Arguments.of("a", item("a", m("b", l(n(2), n(4), m("x", s("hi"), "y", s("yo"))), "c", n(5)))),
                Arguments.of(" p ,\tb", item("p", s("key"), "b", s("hello"))),
                Arguments.of("a.b[0]", item("a", m("b", l(n(2))))),
                Arguments.of("a.b[2]", item("a", m("b", l(m("x", s("hi"), "y", s("yo")))))),
                Arguments.of("a.b[2].y", item("a", m("b", l(m("y", s("yo")))))),
                Arguments.of("a.b[2].y, a.b[2].x", item("a", m("b", l(m("x", s("hi"), "y", s("yo")))))),
                Arguments.of("a.b[2].y, a.b[0]", item("a", m("b", l(n(2), m("y", s("yo")))))),
                Arguments.of("a.b[0], a.c, b", item("a", m("b", l(n(2)), "c", n(5)), "b", s("hello"))),
                Arguments.of("a.x, a.b[0], x, a.b[3].x", item("a", m("b", l(n(2))))),
                Arguments.of("x", Item.EMPTY),
                Arguments.of("a.b[3]", Item.EMPTY),
                Arguments.of("a.x", Item.EMPTY),
                Arguments.of("a.x.y", Item.EMPTY),
                Arguments.of("a.b.x", Item.EMPTY),
                Arguments.of("a[0]", Item.EMPTY),
                Arguments.of("a.b[0].x", Item.EMPTY),
                Arguments.of("a.b[0][0]", Item.EMPTY),
                Arguments.of("b.c", Item.EMPTY));
    }

    @ParameterizedTest
    @MethodSource
    void projections(String text, Item expected) {
        assertThat(Expressions.projection(text, noPlaceholders()).project(ITEM)).isEqualTo(expected);
    }

    @Test
    void placeholdersAreSingleSteps() {
        var item = item("a.b", s("flat"), "a", m("b", s("deep"), "c", n(1)));
        assertThat(Expressions.projection("#n", Given.names(Map.of("#n", "a.b")))
                        .project(item))
                .isEqualTo(item("a.b", s("flat")));
        assertThat(Expressions.projection("#a.#b", Given.names(Map.of("#a", "a", "#b", "b")))
                        .project(item))
                .isEqualTo(item("a", m("b", s("deep"))));
    }

    @Test
    void tellsWhatItMentions() {
        var projection = Expressions.projection("b, a.c", noPlaceholders());
        assertThat(projection.attributeNames()).containsExactly("b", "a");
        assertThat(projection.nestedNames()).containsExactly("a");
        assertThat(projection.source())
                .isEqualTo(new ExpressionSource.Text(ExpressionKind.PROJECTION, "b, a.c", Map.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatever(stuff)",
                ":a",
                "abort,",
                "a,,b",
                "a..b",
                "a[b]",
                "(a.b).c",
                "(a)",
                "(a),(b)",
                "(a,b)",
                "a-b",
                "a,",
                ",a",
                "a b",
                "and"
            })
    void syntaxErrors(String text) {
        assertThat(refused(text, noPlaceholders())).startsWith("Syntax error; token: \"");
    }

    @Test
    void syntaxErrorsTellTokenAndSurroundings() {
        assertThat(refused("!!! INVALID !!!", noPlaceholders())).isEqualTo("Syntax error; token: \"!\", near: \"!!\"");
        assertThat(refused("a-b", noPlaceholders())).isEqualTo("Syntax error; token: \"-\", near: \"a-b\"");
    }

    @Test
    void words() {
        assertThat(refused("", noPlaceholders())).isEqualTo("The expression can not be empty;");
        assertThat(refused("a.abORt", noPlaceholders()))
                .isEqualTo("Attribute name is a reserved keyword; reserved keyword: abORt");
        assertThat(refused("#a,ABSoLUTE", noPlaceholders()))
                .isEqualTo("Attribute name is a reserved keyword; reserved keyword: ABSoLUTE");
        assertThat(refused("a,b,a,#a", noPlaceholders()))
                .isEqualTo("An expression attribute name used in the document path is not defined; "
                        + "attribute name: #a");
        assertThat(refused("l[4294967295]", noPlaceholders()))
                .isEqualTo("List index is not within the allowable range; index: [4294967295]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b[1], b.a, #a.b, a|overlap|[a, b]|[a]",
                "a, #a[1]|overlap|[a]|[a, [1]]",
                "a, a|overlap|[a]|[a]",
                "a.b[0], a.b[0]|overlap|[a, b, [0]]|[a, b, [0]]",
                "a, a.b[2].c|overlap|[a]|[a, b, [2], c]",
                "a.b, #a[1], #b|conflict|[a, b]|[a, [1]]",
                "a.b[1], #a[1], #b|conflict|[a, b, [1]]|[a, [1]]",
                "a[3].b, #a.#b.b|conflict|[a, [3], b]|[a, [3], b]",
            })
    void pathsInEachOthersWay(String text, String what, String one, String two) {
        assertThat(refused(text, Given.names(Map.of("#a", "a", "#b", "[3]"))))
                .isEqualTo(
                        "Two document paths " + what + " with each other; must remove or rewrite one of these paths; "
                                + "path one: " + one + ", path two: " + two);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a, b", "a.b, a.c", "a.b.d, a.b.e", "a[1], a[2]", "a.b, a.c[2]", "a.b[1].c, a.b[1].d"})
    void pathsBesideEachOther(String text) {
        assertThat(Expressions.projection(text, noPlaceholders()).attributeNames())
                .isNotEmpty();
    }
}
