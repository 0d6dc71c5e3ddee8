package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.bs;
import static dev.evenkeel.expression.Given.item;
import static dev.evenkeel.expression.Given.l;
import static dev.evenkeel.expression.Given.m;
import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.ns;
import static dev.evenkeel.expression.Given.refusal;
import static dev.evenkeel.expression.Given.s;
import static dev.evenkeel.expression.Given.ss;
import static dev.evenkeel.expression.Given.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTest {
    private static final String WRONG_TYPE = "An operand in the update expression has an incorrect data type";
    private static final String BAD_PATH = "The document path provided in the update expression is invalid for update";
    private static final String MISSING =
            "The provided expression refers to an attribute that does not exist in the item";

    @Test
    void assigns() {
        var before = item("p", s("key"), "a", n(1), "b", l(n(7)));
        var after = update(
                        "set a = :v, c.d = a, e = b[0], f = if_not_exists(x, :v)",
                        before.with(Map.of("c", m())),
                        ":v",
                        n(2))
                .item();
        assertThat(after)
                .isEqualTo(item("p", s("key"), "a", n(2), "b", l(n(7)), "c", m("d", n(1)), "e", n(7), "f", n(2)));
    }

    @Test
    void computesFromTheItemAsItWas() {
        assertThat(update("SET a = b, b = a", item("a", n(1), "b", n(2))).item())
                .isEqualTo(item("a", n(2), "b", n(1)));
        assertThat(update("REMOVE a SET b = a", item("a", n(1))).item()).isEqualTo(item("b", n(1)));
        assertThat(update("SET c = a + :v ADD a :v", item("a", n(1)), ":v", n(10))
                        .item())
                .isEqualTo(item("a", n(11), "c", n(11)));
    }

    @Test
    void calculates() {
        var item = item("a", n(10), "b", n("0.5"));
        assertThat(update("SET a = a + b", item).item().get("a")).isEqualTo(n("10.5"));
        assertThat(update("SET a = :v - a", item, ":v", n(1)).item().get("a")).isEqualTo(n(-9));
        assertThat(update("SET a = (a - b)", item).item().get("a")).isEqualTo(n("9.5"));
        assertThat(update("SET a = (a) + (if_not_exists(c, :v))", item, ":v", n(5))
                        .item()
                        .get("a"))
                .isEqualTo(n(15));
        assertThat(update("SET a = if_not_exists(c, if_not_exists(d, b))", item)
                        .item()
                        .get("a"))
                .isEqualTo(n("0.5"));
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        var overflow = "Number overflow. Attempting to store a number with magnitude larger than supported range";
        assertThat(refusal(() -> update("SET a = a + a", item("a", n("9e125")))))
                .isEqualTo(overflow);
        assertThat(refusal(() -> update("ADD a :v", item("a", n("9e125")), ":v", n("9e125"))))
                .isEqualTo(overflow);
        assertThat(refusal(() -> update("SET a = a + :v", item("a", n("1e50")), ":v", n(1))))
                .isEqualTo(overflow);
    }

    @Test
    void appendsLists() {
        var item = item("a", l(n(1)), "b", l(n(2)));
        assertThat(update("SET a = list_append(a, b)", item).item().get("a")).isEqualTo(l(n(1), n(2)));
        assertThat(update("SET a = list_append(:v, a)", item, ":v", l(s("x")))
                        .item()
                        .get("a"))
                .isEqualTo(l(s("x"), n(1)));
        assertThat(update("SET c = list_append(if_not_exists(c, :v), a)", item, ":v", l())
                        .item()
                        .get("c"))
                .isEqualTo(l(n(1)));
    }

    @Test
    void addsAndTakesAway() {
        var item = item("n", n(1), "ss", ss("a", "b"), "ns", ns(1, 2), "bs", bs(1), "keep", s("x"));
        var after = update(
                        "ADD n :n, ss :ss, ns :ns, bs :bs, new_n :n, new_ss :ss",
                        item,
                        ":n",
                        n(5),
                        ":ss",
                        ss("b", "c"),
                        ":ns",
                        ns(2, 3),
                        ":bs",
                        bs(2))
                .item();
        assertThat(after)
                .isEqualTo(item(
                        "n",
                        n(6),
                        "ss",
                        ss("a", "b", "c"),
                        "ns",
                        ns(1, 2, 3),
                        "bs",
                        bs(1, 2),
                        "keep",
                        s("x"),
                        "new_n",
                        n(5),
                        "new_ss",
                        ss("b", "c")));
        assertThat(update("DELETE ss :ss, ns :ns, nowhere :ss", item, ":ss", ss("a", "b"), ":ns", ns(2, 9))
                        .item())
                .isEqualTo(item("n", n(1), "ns", ns(1), "bs", bs(1), "keep", s("x")));
        assertThat(update("DELETE m.s :v", item("m", m("s", ss("x"), "t", n(1))), ":v", ss("x"))
                        .item())
                .isEqualTo(item("m", m("t", n(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete ns :ss",
                "delete m :ns",
                "delete m.a :ns",
                "delete n :ns",
                "add m :ns",
                "add ns :n",
                "add lst :ns",
                "set e = s + :n",
                "set e = m - :n",
                "set e = list_append(ns, if_not_exists(f, :l))",
                "set e = x, f = s + :n",
            })
    void refusesWrongTypes(String text) {
        var item = item("m", m("a", ss("1")), "n", n(1), "ns", ns(1), "s", s("x"), "lst", l());
        var values = Given.map(":ss", ss("1"), ":ns", ns(1), ":n", n(1), ":l", l());
        var update = Expressions.update(text, new Placeholders(null, values));
        assertThat(refusal(() -> update.apply(item))).isEqualTo(WRONG_TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set b.a = :s",
                "set b[1] = :s",
                "set y.a = :s",
                "set y[1] = :s",
                "set c[1] = :s",
                "set d.x = :s",
                "remove b.a set z = :s",
                "remove b[1]",
                "remove y.a",
                "remove y[1]",
                "remove c[1]",
                "remove d.x",
                "delete b.a :s",
                "delete y[1] :s",
                "delete c[1] :s",
                "delete d.x :s",
                "add b.a :s",
                "add y.a :s",
                "add c[1] :s",
                "add d.x :s",
                "set c.x.y = :s",
                "set d[0].x = :s",
                "set d[7].x = :s",
                "set z = nothing remove b.a",
            })
    void refusesPathsThatLeadNowhere(String text) {
        var item = item("y", s("text"), "c", m(), "d", l(n(1)));
        var update = Expressions.update(text, Given.values(":s", ss("a")));
        assertThat(refusal(() -> update.apply(item))).isEqualTo(BAD_PATH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set c = b",
                "set e = list_append(b, c)",
                "set a = a + b",
                "set a = b.c",
                "set a = if_not_exists(b, c)",
                "remove z set a = b",
            })
    void refusesMissingAttributes(String text) {
        var update = Expressions.update(text, Given.noPlaceholders());
        assertThat(refusal(() -> update.apply(item("a", n(1))))).isEqualTo(MISSING);
    }

    @Test
    void removesWhatIsThere() {
        var item = item("a", m("x", n(1)), "b", l(n(0), n(1), n(2)), "c", n(1));
        assertThat(update("REMOVE a.x, b[1], c", item).item()).isEqualTo(item("a", m(), "b", l(n(0), n(2))));
        assertThat(update("REMOVE a.y, b[7], d", item).item()).isEqualTo(item);
        assertThat(update("REMOVE b[0], b[1], b[2]", item).item().get("b")).isEqualTo(l());
    }

    @Test
    void listIndexesMeanTheListAsItWas() {
        var item = item("a", l(n(2), n(3), n(4), n(5), n(6), n(7)));
        var expected = l(n(2), n(4), n(17), n(6), n(7));
        assertThat(update("REMOVE a[1] SET a[3] = :v", item, ":v", n(17)).item().get("a"))
                .isEqualTo(expected);
        assertThat(update("SET a[3] = :v REMOVE a[1]", item, ":v", n(17)).item().get("a"))
                .isEqualTo(expected);
    }

    @Test
    void beyondTheEndIsAppendedInOrder() {
        var item = item("a", l(s("one")));
        assertThat(update("SET a[7] = :v", item, ":v", n(1)).item().get("a")).isEqualTo(l(s("one"), n(1)));
        assertThat(update(
                                "SET a[84] = :a, a[37] = :b, a[17] = :c REMOVE a[0], a[50]",
                                item,
                                ":a",
                                n(84),
                                ":b",
                                n(37),
                                ":c",
                                n(17))
                        .item()
                        .get("a"))
                .isEqualTo(l(n(17), n(37), n(84)));
        assertThat(update("ADD a[3] :v", item, ":v", n(1)).item().get("a")).isEqualTo(l(s("one"), n(1)));
    }

    @Test
    void severalPlacesOfOneDocument() {
        var item = item("a", m("x", n(3), "y", n(4), "c", m("y", n(3))), "b", m("x", n(1), "y", n(2)));
        var after = update(
                        "SET a.b = :v1, a.c.d = :v2, b.x = :v3 REMOVE a.x, b.y",
                        item,
                        ":v1",
                        n(10),
                        ":v2",
                        s("dog"),
                        ":v3",
                        n(17))
                .item();
        assertThat(after)
                .isEqualTo(item("a", m("y", n(4), "b", n(10), "c", m("y", n(3), "d", s("dog"))), "b", m("x", n(17))));
    }

    @Test
    void answersTheUpdatedPathsOnly() {
        var item = item("p", s("key"), "a", m("b", s("dog"), "c", l(n(1), n(2), n(3))), "d", s("cat"));
        var result = update("SET a.b = :s, a.c[1] = :n, e = :n REMOVE d, f", item, ":s", s("hi"), ":n", n(7));
        assertThat(result.updatedOld()).isEqualTo(item("a", m("b", s("dog"), "c", l(n(2))), "d", s("cat")));
        assertThat(result.updatedNew()).isEqualTo(item("a", m("b", s("hi"), "c", l(n(7))), "e", n(7)));
        assertThat(update("REMOVE a.c[1], a.c[3]", item).updatedOld()).isEqualTo(item("a", m("c", l(n(2)))));
        assertThat(update("SET a.x = :n", item, ":n", n(8)).updatedOld()).isEqualTo(Item.EMPTY);
        // By index in the list as it has become, as DynamoDB does.
        assertThat(update("SET a.c[100] = :n", item, ":n", n(8)).updatedNew()).isEqualTo(Item.EMPTY);
        assertThat(update("REMOVE a.c[1]", item).updatedNew()).isEqualTo(item("a", m("c", l(n(3)))));
        assertThat(update("SET d = :s", item, ":s", s("cat")).updatedOld()).isEqualTo(item("d", s("cat")));
    }

    @Test
    void makesNewItems() {
        var key = item("p", s("key"));
        var set = Expressions.update("SET a = :n, b = p ADD c :n REMOVE d", Given.values(":n", n(1)));
        assertThat(set.createsItem()).isTrue();
        assertThat(set.create(key).item()).isEqualTo(item("p", s("key"), "a", n(1), "b", s("key"), "c", n(1)));
        assertThat(set.create(key).updatedOld()).isEqualTo(Item.EMPTY);
        assertThat(set.create(key).updatedNew()).isEqualTo(item("a", n(1), "b", s("key"), "c", n(1)));
        var nested = Expressions.update("SET a.b = :n", Given.values(":n", n(1)));
        assertThat(refusal(() -> nested.create(key))).isEqualTo(BAD_PATH);
    }

    /** Measured on DynamoDB: refused for an item that exists, passed over for one that does not. */
    @Test
    void clearingAloneMakesNoItem() {
        var key = item("p", s("key"));
        var clear = Expressions.update("REMOVE x.y, z[0] DELETE s :s", Given.values(":s", ss("a")));
        assertThat(clear.createsItem()).isFalse();
        assertThat(clear.create(key).item()).isEqualTo(key);
        assertThat(refusal(() -> clear.apply(key))).isEqualTo(BAD_PATH);
    }

    @Test
    void tellsWhatItTouchesAndCosts() {
        var update = Expressions.update(
                "SET a = :n, #b.c = d.e, g = h REMOVE i ADD j :ss DELETE k :ss",
                new Placeholders(Map.of("#b", "b"), Given.map(":n", n(1), ":ss", ss("x"))));
        assertThat(update.attributeNames()).containsExactly("a", "b", "g", "i", "j", "k");
        assertThat(update.nestedNames()).containsExactlyInAnyOrder("b", "d");
        assertThat(update.assignedTypes())
                .isEqualTo(Map.of("a", AttributeType.N, "j", AttributeType.SS, "k", AttributeType.SS));
        assertThat(update.actionCostBytes()).isEqualTo(3 + 4 * 19 + 2 * 2);
        assertThat(((ExpressionSource.Text) update.source()).values()).containsOnlyKeys(":n", ":ss");
    }

    @Test
    void documentsHaveAtMost32Levels() {
        AttributeValue deep = n(1);
        for (int i = 0; i < 31; i++) {
            deep = l(deep);
        }
        var item = item("a", m("b", n(1)), "l", l(l(n(1))));
        var fits = deep;
        assertThat(update("SET a.b = :v", item, ":v", fits).item().get("a")).isEqualTo(m("b", fits));
        assertThat(refusal(() -> update("SET l[0][0] = :v", item, ":v", fits)))
                .startsWith("Nesting Levels have exceeded supported limits");
    }
}
