package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
    private static final Item ITEM = Given.item(
            "k", Given.s("1"),
            "n", Given.n(5),
            "s", Given.s("str"),
            "ss", Given.ss("a", "b"),
            "l", Given.l(Given.n(1), Given.s("x")),
            "m", Given.m("sub", Given.s("y"), "many", Given.l(Given.n(7), Given.n(8))),
            "nul", Given.nul(),
            "flag", Given.bool(true));

    private static boolean holds(String condition, AttributeValue... parameters) {
        var select = (Statement.Select) Statements.bind("SELECT * FROM t WHERE " + condition, List.of(parameters));
        return Objects.requireNonNull(select.where()).matches(ITEM);
    }

    private static String refusal(String statement, AttributeValue... parameters) {
        return Given.refusal(() -> Statements.bind(statement, List.of(parameters)));
    }

    private static Item updated(String changes, AttributeValue... parameters) {
        var change = (Statement.Change) Statements.bind("UPDATE t " + changes + " WHERE k = '1'", List.of(parameters));
        return change.update().apply(ITEM).item();
    }

    private static Item projected(String columns) {
        var select = (Statement.Select) Statements.bind("SELECT " + columns + " FROM t", List.of());
        return Objects.requireNonNull(select.projection()).project(ITEM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n = 5 AND s <> 'x' AND s != 'y' AND 4 < n",
                "n BETWEEN 5 AND 6",
                "n IN [4, 5]",
                "n IN (4, 5)",
                "n NOT IN [4]",
                "NOT n = 4",
                "begins_with(s, 'st') AND contains(s, 't') AND contains(ss, 'a')",
                "BEGINS_WITH(\"s\", 'st')",
                "size(s) = 3 AND SIZE(l) = 2",
                "attribute_type(ss, 'SS')",
                "attribute_exists(m.sub) AND attribute_not_exists(m.nope)",
                "attribute_exists(n) = true",
                "attribute_exists(nope) = false",
                "TRUE <> attribute_exists(nope)",
                "nope IS MISSING AND n IS NOT MISSING",
                "nul IS NULL AND s IS NOT NULL",
                "flag IS BOOL AND flag IS BOOLEAN AND s IS STRING AND n IS NUMERIC AND m IS STRUCT AND m IS TUPLE AND l IS LIST",
                "m.many[1] = 8 AND m['sub'] = 'y' AND l[1] = 'x'",
                "l = [1, 'x'] AND ss = <<'b', 'a'>> AND m = {'many': [7, 8], 'sub': 'y'}",
                "flag = TRUE AND nul = NULL",
                "(n = 1 OR (n = 5))",
            })
    void conditionsThatHold(String condition) {
        assertThat(holds(condition)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nope = 1", "s IS NULL", "s IS BOOL", "n IS MISSING", "NOT attribute_exists(n)", "n IN [1]"})
    void conditionsThatDoNot(String condition) {
        assertThat(holds(condition)).isFalse();
    }

    @Test
    void parametersStandForValuesOfAnyType() {
        assertThat(holds(
                        "n = ? AND ss = ? AND m.sub IN [?, ?]",
                        Given.n(5),
                        Given.ss("b", "a"),
                        Given.s("z"),
                        Given.s("y")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "attribute_exists('ss') | Operator or function requires a document path; operator or function: attribute_exists",
                "attribute_exists() | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 0",
                "attribute_exists(ss, ns) | Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
                "EXISTS(ss) | Unrecognized function: exists at 1:23:6",
                "set_add(ss, <<'x'>>) = ss | Unrecognized function: set_add at 1:23:7",
                "s < TRUE | Incorrect operand type for operator or function; operator or function: <, operand type: BOOL",
                "a IS INT | Unsupported data type for IS operator: INT. Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]",
                "a LIKE 'x' | Unsupported operator in Condition Expression. Operator: LIKE",
                "a + 1 = 2 | Unsupported operator in Condition Expression. Operator: +",
                "a = 1e126 | Number overflow. Attempting to store a number with magnitude larger than supported range under root",
                "a = 1e-131 | Number underflow. Attempting to store a number with magnitude smaller than supported range under root",
                "a = <<>> | Empty bags are not supported",
                "a = <<1, 'a'>> | Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags",
            })
    void conditionsThatAreRefused(String condition, String message) {
        assertThat(refusal("SELECT * FROM t WHERE " + condition)).isEqualTo(message);
    }

    @Test
    void parametersMustBeAsManyAsPlaces() {
        var message = "Number of parameters in request and statement don't match.";
        assertThat(refusal("SELECT * FROM t WHERE a = ?")).isEqualTo(message);
        assertThat(refusal("SELECT * FROM t WHERE a = 1", Given.n(1))).isEqualTo(message);
    }

    @Test
    void columnsAreAnsweredUnderTheirLastNames() {
        assertThat(projected("k, m.sub, m.many[1], l[0], nope"))
                .isEqualTo(
                        Given.item("k", Given.s("1"), "sub", Given.s("y"), "many[1]", Given.n(8), "l[0]", Given.n(1)));
        assertThat(projected("s, k")).isEqualTo(Given.item("s", Given.s("str"), "k", Given.s("1")));
        assertThat(projected("nope.a")).isEqualTo(Item.EMPTY);
        assertThat(refusal("SELECT a.z, b.z FROM t")).isEqualTo("Duplicate identifiers in select clause: z");
        assertThat(refusal("SELECT size(a) FROM t")).isEqualTo("Unexpected path component at 1:8:4");
        assertThat(refusal("SELECT COUNT(*) FROM t")).isEqualTo("Unexpected path component at 1:8:5");
    }

    @Test
    void updatesOfEveryKind() {
        assertThat(updated("SET n = n + 1 SET l = list_append(l, [?])", Given.n(9)))
                .isEqualTo(ITEM.with(Given.map("n", Given.n(6), "l", Given.l(Given.n(1), Given.s("x"), Given.n(9)))));
        assertThat(updated("SET ss = set_add(ss, <<'c'>>), fresh = {'a': [1, NULL]}"))
                .isEqualTo(ITEM.with(Given.map(
                        "ss", Given.ss("a", "b", "c"), "fresh", Given.m("a", Given.l(Given.n(1), Given.nul())))));
        assertThat(updated("SET ss = SET_DELETE(ss, ?)", Given.ss("a", "b")).contains("ss"))
                .isFalse();
        assertThat(updated("REMOVE m.sub, n SET l[0] = s").toMap())
                .doesNotContainKey("n")
                .containsEntry("m", Given.m("many", Given.l(Given.n(7), Given.n(8))))
                .containsEntry("l", Given.l(Given.s("str"), Given.s("x")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "t = set_add(ss, <<'x'>>) | The first argument to SET_ADD must equal the assignment value at 1:18:7",
                "ss = set_add(<<'a'>>, <<'b'>>) | The first argument to SET_ADD must equal the assignment value at 1:19:7",
                "ss = set_add(ss, 'x') | The second argument to SET_ADD must be a value with type SET at 1:27:2",
                "ss = set_add(ss, ['x']) | The second argument to SET_ADD must be a value with type SET at 1:27:2",
                "ss = set_delete(ss) | SET_DELETE must have exactly two arguments at 1:19:10",
                "ss = set_add(ss, <<'x', 'x'>>) | One or more parameter values were invalid: Input collection [x, x] contains duplicates.",
                "a = nope(b) | Unrecognized function: nope at 1:18:4",
                "a = b * 2 | Unsupported operator in Update Expression. Operator: *",
                "a = 1, a.b = 2 | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a, b]",
                "l = list_append(l, 'x') | Incorrect operand type for operator or function; operator or function: list_append, operand type: S",
            })
    void updatesThatAreRefused(String assignment, String message) {
        assertThat(refusal("UPDATE t SET " + assignment + " WHERE k = '1'")).isEqualTo(message);
    }

    @Test
    void anInsertHasAnItem() {
        var insert = (Statement.Insert)
                Statements.bind("INSERT INTO t VALUE {'k': 'it''s', 'a': ?, 'set': <<1, 2>>}", List.of(Given.b(1)));
        assertThat(insert.item()).isEqualTo(Given.item("k", Given.s("it's"), "a", Given.b(1), "set", Given.ns(1, 2)));
        assertThat(refusal("INSERT INTO t VALUE {'a': 1, 'a': 2}"))
                .isEqualTo("Duplicate keys in tuple. Key: a under root");
        assertThat(refusal("INSERT INTO t VALUE {a: 1}")).startsWith("Tuple keys must be of type String.");
        assertThat(refusal("INSERT INTO t VALUE {'m': {'x': 1e126}}")).endsWith("supported range under root.x");
        assertThat(refusal("INSERT INTO t VALUE {'l': [1, 1e126]}")).endsWith("supported range under root[1]");
        assertThat(refusal("INSERT INTO t VALUE {'k': '1', 'ss': set_add(<<'a'>>, <<'b'>>)}"))
                .isEqualTo("Unsupported data type: set_add under key root at 1:38:7");
        assertThat(refusal("INSERT INTO t VALUE {'a': " + "[".repeat(40) + "]".repeat(40) + "}"))
                .startsWith("Nesting Levels have exceeded supported limits");
    }

    /** Statements made of random pieces: an answer or a validation error, nothing else. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void anyTextIsAnswered(long seed) {
        var random = new Random(seed);
        var pieces =
                ("SELECT * FROM t WHERE a = 1 ; AND OR NOT ( ) [ ] { } << >> , . : ? 'x' \"y\" IN BETWEEN IS MISSING NULL LIKE "
                                + "UPDATE SET REMOVE DELETE INSERT INTO VALUE RETURNING ALL OLD NEW MODIFIED ORDER BY DESC size( exists( "
                                + "set_add( list_append( begins_with( TRUE - + * / || <> <= 1e5 .5 -- /* */ AS b c[0] d.e EXISTS(SELECT {'a': <<'")
                        .split(" ");
        for (int i = 0; i < 6000; i++) {
            var text = new StringBuilder();
            if (random.nextBoolean()) {
                text.append("SELECT * FROM t WHERE ");
            }
            for (int length = 1 + random.nextInt(14); length > 0; length--) {
                text.append(pieces[random.nextInt(pieces.length)]).append(' ');
            }
            var statement = text.toString();
            var outcome = catchThrowable(() -> Statements.bind(statement, List.of()));
            if (outcome != null) {
                assertThat(outcome).as("seed %d, statement %s", seed, statement).isInstanceOf(DynamoException.class);
            }
        }
    }

    @Test
    void partsOfStatementsTravel() {
        var update = (Statement.Change) Statements.bind(
                "UPDATE t SET n = n + ? REMOVE s WHERE k = ? AND n = 5", List.of(Given.n(2), Given.s("1")));
        var condition = ExpressionCodec.condition(
                ExpressionCodec.encode(update.condition().source()));
        assertThat(condition.source()).isEqualTo(update.condition().source());
        assertThat(condition.matches(ITEM)).isTrue();
        assertThat(condition.matches(null)).isFalse();
        var change =
                ExpressionCodec.update(ExpressionCodec.encode(update.update().source()));
        assertThat(change.apply(ITEM).item())
                .isEqualTo(update.update().apply(ITEM).item());

        var delete = (Statement.Delete) Statements.bind("DELETE FROM t WHERE k = '1' AND n = 6", List.of());
        var unless = Objects.requireNonNull(delete.condition(KeyAccessTest.HASH));
        var arrived = ExpressionCodec.condition(ExpressionCodec.encode(unless.source()));
        assertThat(arrived.source()).isEqualTo(unless.source());
        assertThat(arrived.matches(null)).isTrue();
        assertThat(arrived.matches(ITEM)).isFalse();

        var select = (Statement.Select) Statements.bind("SELECT m.sub FROM t", List.of());
        var projection = Objects.requireNonNull(select.projection());
        assertThat(ExpressionCodec.projection(ExpressionCodec.encode(projection.source()))
                        .project(ITEM))
                .isEqualTo(Given.item("sub", Given.s("y")));
    }
}
