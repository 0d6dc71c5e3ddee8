package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.b;
import static dev.evenkeel.expression.Given.bool;
import static dev.evenkeel.expression.Given.bs;
import static dev.evenkeel.expression.Given.item;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.matches;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.ns;
import static dev.evenkeel.expression.Given.nul;
import static dev.evenkeel.expression.Given.s;
import static dev.evenkeel.expression.Given.ss;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    private static final List<AttributeValue> ONE_OF_EACH = List.of(
            n(1),
            s("hello"),
            bool(true),
            b(1, 2),
            nul(),
            l(s("hello"), n(42)),
            m("hello", s("world")),
            ss("hello", "world"),
            ns(1, 2, 3),
            bs(1, 2));

    @Test
    void equalityIsOfTypeAndValue() {
        for (var left : ONE_OF_EACH) {
            for (var right : ONE_OF_EACH) {
                var item = item("a", left);
                assertThat(matches("a = :v", item, ":v", right)).isEqualTo(left.type() == right.type());
                assertThat(matches("a <> :v", item, ":v", right)).isEqualTo(left.type() != right.type());
                assertThat(matches("a in (:v)", item, ":v", right)).isEqualTo(left.type() == right.type());
            }
        }
    }

    @Test
    void equalityIsDeepAndOfNumbersByValue() {
        var item = item("a", m("x", l(n("1.50"), ns(1, 2)), "y", s("z")));
        var same = m("y", s("z"), "x", l(n("15e-1"), ns(2, 1)));
        assertThat(matches("a = :v", item, ":v", same)).isTrue();
        assertThat(matches("a = :v", item, ":v", m("x", l(ns(1, 2), n("1.5")), "y", s("z"))))
                .isFalse();
        assertThat(matches("a = :v", item("a", n("0.10000000000000000000000000000000000001")), ":v", n("0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a < :two | true",
                "a < :one | false",
                "a <= :one | true",
                "a > :one | false",
                "a > :zero | true",
                "a >= :one | true",
                "a >= :two | false",
                ":zero < a | true",
                ":one < a | false",
                "a between :zero and :two | true",
                "a between :one and :one | true",
                "a between :two and :two | false",
                "a in (:zero, :two) | false",
                "a in (:zero, :one) | true",
                ":one = a | true",
                "a < :text | false",
                "a > :text | false",
                "a between :text and :text | false",
                "a <> :text | true",
                "txt < :other | true",
                "txt >= :other | false",
                "bytes < :ff | true",
                "bytes > :ff | false",
                "lst < :one | false",
                "lst > :one | false",
                "a between lst and lst2 | false",
            })
    void ordering(String text, boolean expected) {
        var item = item("a", n(1), "txt", s("hello"), "bytes", b(0x7f), "lst", l(n(1)), "lst2", l(n(2)));
        var all = Given.map(
                ":zero", n(0), ":one", n(1), ":two", n(2), ":text", s("1"), ":other", s("world"), ":ff", b(0xff));
        assertThat(Expressions.condition(ExpressionKind.FILTER, text, new Placeholders(null, all))
                        .matches(item))
                .isEqualTo(expected);
    }

    @Test
    void stringsAreOrderedByTheirUtf8Bytes() {
        assertThat(matches("a > :v", item("a", s("\uD83D\uDE00")), ":v", s("\uFFFD")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = :v | false",
                "x <> :v | true",
                "x < :v | false",
                "x > :v | false",
                "x between :v and :v | false",
                "x in (:v) | false",
                "x = y | false",
                "x <> y | true",
                "x < y | false",
                "x <= y | false",
                "attribute_exists(x) | false",
                "attribute_not_exists(x) | true",
                "attribute_type(x, :t) | false",
                "begins_with(x, :v) | false",
                "begins_with(:v, x) | false",
                "contains(x, :v) | false",
                "contains(:v, x) | false",
                "size(x) = :n | false",
                "size(x) <> :n | true",
                "NOT x = :v | true",
                "x.y.z = :v | false",
                "x[3] <> :v | true",
            })
    void missingAttributes(String text, boolean expected) {
        var values = new Placeholders(null, Given.map(":v", s("v"), ":t", s("S"), ":n", n(0)));
        var condition = Expressions.condition(ExpressionKind.CONDITION, text, values);
        assertThat(condition.matches(item("a", s("v")))).isEqualTo(expected);
        assertThat(condition.matches(null)).isEqualTo(expected);
    }

    @Test
    void paths() {
        var item = item("a", m("b", l(n(1), m("c.d", s("deep")))), "a.b", s("flat"));
        var names = Map.of("#d", "c.d", "#flat", "a.b");
        var placeholders = new Placeholders(names, Given.map(":v", s("deep"), ":f", s("flat")));
        assertThat(Expressions.condition(ExpressionKind.FILTER, "a.b[1].#d = :v AND #flat = :f", placeholders)
                        .matches(item))
                .isTrue();
        assertThat(matches("attribute_exists(a.b[2])", item)).isFalse();
        assertThat(matches("attribute_exists(a[0])", item)).isFalse();
        assertThat(matches("attribute_exists(a.b.c)", item)).isFalse();
        assertThat(matches("attribute_exists(a.b[0].c)", item)).isFalse();
    }

    @Test
    void sizes() {
        var sized = Map.of("hello", 5, "\uD83D\uDE00", 2, "", 0); // UTF-16 units
        sized.forEach((text, size) -> assertThat(matches("size(a) = :n", item("a", s(text)), ":n", n(size)))
                .isTrue());
        assertThat(matches("size(a) = :n", item("a", b(1, 2, 3)), ":n", n(3))).isTrue();
        assertThat(matches("size(a) = :n", item("a", l(n(1), n(2))), ":n", n(2)))
                .isTrue();
        assertThat(matches("size(a) = :n", item("a", m("x", n(1))), ":n", n(1))).isTrue();
        assertThat(matches("size(a) = :n", item("a", ss("x", "y")), ":n", n(2))).isTrue();
        assertThat(matches("size(a) = :n", item("a", ns(1, 2, 3)), ":n", n(3))).isTrue();
        assertThat(matches("size(a) = :n", item("a", bs(1)), ":n", n(1))).isTrue();
        for (var unsized : List.of(n(5), bool(true), nul())) {
            assertThat(matches("size(a) >= :n", item("a", unsized), ":n", n(0))).isFalse();
        }
        assertThat(matches("(size(a)) = b", item("a", s("xyz"), "b", n(3)))).isTrue();
        assertThat(matches("size(:v) = b", item("b", n(2)), ":v", s("ab"))).isTrue();
        assertThat(matches("size(a) = :v", item("a", s("a")), ":v", s("1"))).isFalse();
    }

    @Test
    void attributeTypes() {
        for (var value : ONE_OF_EACH) {
            for (var other : ONE_OF_EACH) {
                var name = s(other.type().name());
                assertThat(matches("attribute_type(a, :t)", item("a", value), ":t", name))
                        .isEqualTo(value.type() == other.type());
                assertThat(matches("attribute_type(m.a, :t)", item("m", m("a", value)), ":t", name))
                        .isEqualTo(value.type() == other.type());
            }
        }
        assertThat(matches("attribute_type(:v, :t)", item(), ":v", n(1), ":t", s("N")))
                .isTrue();
    }

    @Test
    void prefixes() {
        assertThat(matches("begins_with(a, :p)", item("a", s("hello")), ":p", s("hell")))
                .isTrue();
        assertThat(matches("begins_with(a, :p)", item("a", s("hello")), ":p", s("")))
                .isTrue();
        assertThat(matches("begins_with(a, :p)", item("a", s("hello")), ":p", s("ello")))
                .isFalse();
        assertThat(matches("begins_with(a, :p)", item("a", b(1, 2, 3)), ":p", b(1, 2)))
                .isTrue();
        assertThat(matches("begins_with(a, :p)", item("a", b(1, 2, 3)), ":p", b(2)))
                .isFalse();
        assertThat(matches("begins_with(a, :p)", item("a", s("1")), ":p", b('1')))
                .isFalse();
        assertThat(matches("begins_with(a, :p)", item("a", n(12)), ":p", s("1")))
                .isFalse();
        assertThat(matches("begins_with(:s, a)", item("a", s("he")), ":s", s("hello")))
                .isTrue();
    }

    @Test
    void containment() {
        assertThat(matches("contains(a, :p)", item("a", s("hello")), ":p", s("ell")))
                .isTrue();
        assertThat(matches("contains(a, :p)", item("a", s("hello")), ":p", s("elo")))
                .isFalse();
        assertThat(matches("contains(a, :p)", item("a", s("12")), ":p", n(1))).isFalse();
        assertThat(matches("contains(a, :p)", item("a", b(1, 2, 3)), ":p", b(2, 3)))
                .isTrue();
        assertThat(matches("contains(a, :p)", item("a", b(1, 2, 3)), ":p", b(3, 2)))
                .isFalse();
        assertThat(matches("contains(a, :p)", item("a", ss("x", "y")), ":p", s("y")))
                .isTrue();
        assertThat(matches("contains(a, :p)", item("a", ss("xy")), ":p", s("x")))
                .isFalse();
        assertThat(matches("contains(a, :p)", item("a", ns(1, 20)), ":p", n("2e1")))
                .isTrue();
        assertThat(matches("contains(a, :p)", item("a", bs(1, 2)), ":p", b(2))).isTrue();
        var list = l(s("hi"), ns(1, 2), l(n(3), n(4)));
        assertThat(matches("contains(a, :p)", item("a", list), ":p", ns(2, 1))).isTrue();
        assertThat(matches("contains(a, :p)", item("a", list), ":p", l(n(3), n(4))))
                .isTrue();
        assertThat(matches("contains(a, :p)", item("a", list), ":p", n(3))).isFalse();
        assertThat(matches("contains(a, b)", item("a", list, "b", s("hi")))).isTrue();
        assertThat(matches("contains(a, :p)", item("a", m("x", n(1))), ":p", s("x")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = :t AND NOT f = :t OR f = :t",
                "f = :t OR t = :t AND t = :t",
                "NOT f = :t AND t = :t",
                "NOT (t = :t AND f = :t)",
                "not not t = :t",
                "(t = :t) and (f <> :t)",
                "(t = :t and (f <> :t))",
                "((t)=(:t)) AnD (f)<>(:t)",
                "t=:t\tand\r\nf<>:t",
                "t between f and :t and t = :t or f = :t",
                "(t = :t OR f = :t) AND (NOT f = :t)",
            })
    void logic(String text) {
        assertThat(matches(text, item("t", n(1), "f", n(0)), ":t", n(1))).isTrue();
    }

    @Test
    void tellsWhatItMentions() {
        var condition = Expressions.condition(
                ExpressionKind.FILTER,
                "b.c = :v AND attribute_exists(#a) OR size(d[1]) > e",
                new Placeholders(Map.of("#a", "a"), Given.map(":v", n(1))));
        assertThat(condition.attributeNames()).containsExactly("b", "a", "d", "e");
        assertThat(condition.nestedNames()).containsExactly("b", "d");
        assertThat(condition.source())
                .isEqualTo(new ExpressionSource.Text(
                        ExpressionKind.FILTER,
                        "b.c = :v AND attribute_exists(#a) OR size(d[1]) > e",
                        Map.of("#a", "a"),
                        Map.of(":v", n(1))));
    }

    @Test
    void sourceHoldsOnlyItsOwnPlaceholders() {
        var placeholders = Given.values(":a", n(1), ":b", n(2));
        var condition = Expressions.condition(ExpressionKind.CONDITION, "a = :a", placeholders);
        assertThat(((ExpressionSource.Text) condition.source()).values()).containsOnlyKeys(":a");
    }
}
