package dev.evenkeel.expression.partiql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.DynamoException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementGrammarTest {
    private static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";

    private static StatementSyntax parse(String text) {
        return ParsedStatement.of(text).syntax();
    }

    private static StatementSyntax.Select select(String text) {
        return (StatementSyntax.Select) parse(text);
    }

    private static Expression where(String condition) {
        return Objects.requireNonNull(
                select("SELECT * FROM t WHERE " + condition).where());
    }

    @Test
    void aSelectHasColumnsASourceAConditionAndAnOrder() {
        var select =
                select("select a, b.c[1], \"from\" from \"my-table\".\"index\" where a = ? order by a desc, b asc;");
        assertThat(select.columns()).hasSize(3);
        assertThat(((Expression.Path) select.columns().get(1)).steps())
                .containsExactly(new Expression.Name("b"), new Expression.Name("c"), new Expression.Index(1));
        assertThat(((Expression.Path) select.columns().get(2)).steps()).containsExactly(new Expression.Name("from"));
        assertThat(select.source()).isEqualTo(new StatementSyntax.Source("my-table", "index"));
        assertThat(select.order()).extracting(StatementSyntax.Order::descending).containsExactly(true, false);
    }

    @Test
    void parametersAreCountedInTheOrderOfTheText() {
        var parsed = ParsedStatement.of("UPDATE t SET a = ?, b = [?, {'x': ?}] WHERE k = ?");
        assertThat(parsed.parameters()).isEqualTo(4);
        var update = (StatementSyntax.Update) parsed.syntax();
        assertThat(((Expression.Binary) Objects.requireNonNull(update.where())).right())
                .isInstanceOfSatisfying(
                        Expression.Parameter.class,
                        last -> assertThat(last.index()).isEqualTo(3));
    }

    @Test
    void operatorsBindAsInSql() {
        assertThat(where("a = 1 OR NOT b = 2 AND c < 3 + 4")).isInstanceOfSatisfying(Expression.Or.class, or -> {
            assertThat(or.parts()).hasSize(2);
            assertThat(or.parts().get(1))
                    .isInstanceOfSatisfying(
                            Expression.And.class,
                            and -> assertThat(and.parts().getFirst())
                                    .isInstanceOfSatisfying(
                                            Expression.Not.class,
                                            not -> assertThat(not.part()).isInstanceOf(Expression.Binary.class)));
        });
        assertThat(where("a BETWEEN 1 AND 2 AND b NOT IN (1, 2) AND c IS NOT MISSING"))
                .isInstanceOfSatisfying(
                        Expression.And.class, and -> assertThat(and.parts()).hasSize(3));
    }

    @Test
    void stringsAndNamesDoubleTheirQuotes() {
        var equal = (Expression.Binary) where("\"a\"\"b\" = 'it''s'");
        assertThat(((Expression.Path) equal.left()).steps()).containsExactly(new Expression.Name("a\"b"));
        assertThat(((Expression.Text) equal.right()).value()).isEqualTo("it's");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "-1,-1", "+1,1", "1.50,1.50", ".5,.5", "-.5e3,-.5e3", "1E+2,1E+2"})
    void numbersAreKeptAsWritten(String written, String kept) {
        assertThat(((Expression.Numeric) ((Expression.Binary) where("a = " + written)).right()).digits())
                .isEqualTo(kept);
    }

    @Test
    void commentsAreWhiteSpace() {
        var select = select("-- one\nSELECT * /* two\nlines */ FROM t -- WHERE a = 1\nWHERE b = 2 -- end");
        assertThat(Objects.requireNonNull(select.where()).position()).isEqualTo(new Position(4, 9, 1));
    }

    @Test
    void anUpdateSetsAndRemovesInAnyOrderAndBothForms() {
        var update = (StatementSyntax.Update)
                parse("UPDATE t SET a = 1 REMOVE b, c[0] SET d['x'] = 2 WHERE k = 1 RETURNING MODIFIED OLD *");
        assertThat(update.changes()).hasSize(4);
        assertThat(update.returning()).isEqualTo(Returning.MODIFIED_OLD);
        assertThat(update.changes().getLast().target().steps())
                .containsExactly(new Expression.Name("d"), new Expression.Name("x"));
        var fromFirst = (StatementSyntax.Update) parse("FROM t WHERE k = 1 SET a = 1 REMOVE b RETURNING ALL NEW *");
        assertThat(fromFirst.changes()).hasSize(2);
        assertThat(fromFirst.where()).isNotNull();
    }

    @Test
    void existsIsAStatement() {
        assertThat(parse("EXISTS(SELECT * FROM t WHERE k = 1 AND a = 2)")).isInstanceOf(StatementSyntax.Exists.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM t WHERE a = 1 foo | Unexpected token after expression",
                "SELECT * FROM t WHERE a = 1 e5 | Unexpected token after expression",
                "SELECT * FROM t WHERE a = 1) | Unexpected token after expression",
                "INSERT INTO t VALUE {'a': 1} foo | Unexpected token after expression",
                "INSERT INTO t x VALUE {'a': 1} | Unexpected token after expression",
                "DELETE FROM t WHERE a = 1 ORDER BY a | Unexpected token after expression",
                "SELECT * FROM t ORDER BY a WHERE a = 1 | Unexpected token after expression",
                "FROM t SET c = 1 WHERE a = 1 | Unexpected token after expression",
                "SELECTT * FROMM \"t\" | Unexpected token after expression",
                "SLECT * FROM t WHERE a = 1 | Expected data manipulation",
                "UPDATE my-table SET a = 1 WHERE k = 1 | Expected data manipulation",
                "FROM t WHERE a = 1 | Expected data manipulation",
                "SELECT * FROM t WHERE | Unexpected term",
                "SELECT * FROM t WHERE; | Unexpected term",
                "SELECT * FROM t WHERE NOT | Unexpected term",
                "SELECT * FROM t WHERE ( | Unexpected term",
                "SELECT * FROM | Unexpected term",
                "DELETE FROM t WHERE | Unexpected term",
                "SELECT * FROM t WHERE a = 1 AND | Missing right-hand side expression of infix operator",
                "SELECT * FROM t WHERE a = 1 OR | Missing right-hand side expression of infix operator",
                "SELECT * FROM t WHERE ORDER BY a | Unexpected keyword",
                "SELECT order FROM t | Unexpected keyword",
                "INSERT INTO t (key, b) VALUES (1, 2) | Unexpected keyword",
                "SELECT * FROM t WHERE IS NULL | Unexpected operator",
                "SELECT * FROM t WHERE a = LIKE | Unexpected operator",
                "SELECT * FROM t WHERE a IS foo | Expected type name",
                "SELECT * FROM t WHERE m.inner = 1 | Invalid path dot component",
                "UPDATE t SET m.inner = 1 WHERE k = 1 | Invalid path dot component",
                "DELETE FROM | Expected identifier for simple path",
                "DELETE FROM WHERE a = 1 | Expected identifier for simple path",
                "UPDATE SET a = 1 | Expected identifier for simple path",
            })
    void aTextThatIsNoStatementIsToldInTheParsersWords(String text, String detail) {
        assertThatThrownBy(() -> parse(text)).hasMessage(MALFORMED + detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM t WHERE a = 1 # note",
                "SELECT * FROM t WHERE a = 1 /* note",
                "SELECT * FROM t WHERE a = 'x",
                "SELECT * FROM \"t",
                "SELECT * FROM t WHERE a = 1e2147483648",
                "SELECT * FROM t WHERE a = 1.5e-2147483647",
                "SELECT * FROM t WHERE a = 12abc",
                "SELECT * FROM t WHERE a = `1`",
            })
    void whatCannotBeReadAtAllHasNoDetail(String text) {
        assertThatThrownBy(() -> parse(text)).hasMessage(MALFORMED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM t x WHERE a = 1 | Aliasing is not supported",
                "SELECT * FROM t AS x WHERE a = 1 | Aliasing is not supported",
                "SELECT a AS b FROM t | Aliasing is not supported",
                "UPDATE t x SET a = 1 WHERE k = 1 | Aliasing is not supported",
                "DELETE FROM t x WHERE k = 1 | Aliasing is not supported",
                "SELECT id FROM dbimp_page LIMIT 5 | Unsupported clause: LIMIT at 1:33:1",
                "SELECT *, a FROM t | Other attributes should not be present in the projection when '*' is used.",
                "SELECT * FROM t, u | Only select from a single table or index is supported.",
                "SELECT * FROM a.b.c WHERE k = 1 | A path may contain at most 2 components in the FROM clause",
                "SELECT * FROM a.\"\" WHERE k = 1 | Path component cannot be an empty string",
                "SELECT * FROM \"\" WHERE k = 1 | Path component cannot be an empty string",
                "UPDATE t.i SET a = 1 WHERE k = 1 | This operation is not supported on an index",
                "DELETE FROM t.i WHERE k = 1 | This operation is not supported on an index",
                "x IS INT4 | Unsupported operation: IsType",
                "x IS DOUBLE PRECISION | Unsupported operation: IsType",
                "x IS CHARACTER VARYING | Unsupported operation: IsType",
            })
    void whatTheGrammarKnowsAndDynamoDbDoesNot(String text, String message) {
        assertThatThrownBy(() -> parse(text)).hasMessage(message);
    }

    @Test
    void otherWritesAndReturnsAreRefused() {
        assertThatThrownBy(() -> parse("INSERT INTO t.i VALUE {'k': 1}"))
                .hasMessageStartingWith("FROM clause may only contain a single table name");
        assertThatThrownBy(() -> parse("INSERT INTO t VALUE ?"))
                .hasMessageStartingWith("Unsupported format in item expression.");
        assertThatThrownBy(() -> parse("INSERT INTO t <<{'k': 1}>>"))
                .hasMessageStartingWith("Unsupported format in item expression.");
        assertThatThrownBy(() -> parse("DELETE FROM t WHERE k = 1 RETURNING MODIFIED OLD *"))
                .hasMessage("Invalid returning clause: RETURNING MODIFIED OLD *. "
                        + "Only RETURNING ALL OLD * is allowed in DELETE statements.");
    }

    /** Also on the stack of a thread that has little of it. */
    @Test
    void deepNestingIsRefused() throws InterruptedException {
        for (var text : new String[] {
            "SELECT * FROM t WHERE " + "(".repeat(4000) + "a = 1" + ")".repeat(4000),
            "SELECT * FROM t WHERE " + "NOT ".repeat(2000) + "a = 1",
            "SELECT * FROM t WHERE a = " + "[".repeat(4000),
            "SELECT * FROM t WHERE a = " + "- ".repeat(4000) + "1",
            "SELECT * FROM t WHERE " + "size(".repeat(1600) + "a",
        }) {
            var thread = new Thread(null, () -> assertMalformed(text), "small stack", 384 * 1024);
            var failures = new AtomicReference<Throwable>();
            thread.setUncaughtExceptionHandler((_, failure) -> failures.set(failure));
            thread.start();
            thread.join();
            assertThat(failures.get()).as(text.substring(0, 40)).isNull();
        }
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(DynamoException.class)
                .hasMessageStartingWith(MALFORMED);
    }
}
