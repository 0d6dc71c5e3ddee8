package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.ParameterizedStatement;
import dev.evenkeel.partition.ItemWrite;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionStatementTest {
    private static final World WORLD = new World(1);

    @AfterAll
    static void close() {
        WORLD.close();
    }

    private static List<TransactionStatement> actions(String... statements) {
        return TransactionStatement.of(
                Arrays.stream(statements)
                        .map(statement -> ParameterizedStatement.builder()
                                .statement(statement)
                                .build())
                        .toList(),
                WORLD.routes());
    }

    @Test
    void writesAndChecks() {
        var actions = actions(
                "INSERT INTO plain VALUE {'id': 'a'}",
                "UPDATE plain SET n = 1 WHERE id = 'b'",
                "DELETE FROM rich WHERE id = 'c' AND sort = 1",
                "EXISTS(SELECT * FROM plain WHERE id = 'd' AND n = 1)");
        assertThat(actions).hasSize(4).element(0).isInstanceOfSatisfying(TransactionStatement.Write.class, insert -> {
            assertThat(insert.write()).isInstanceOf(ItemWrite.Put.class);
            assertThat(Objects.requireNonNull(insert.write().condition()).matches(null))
                    .isTrue();
            assertThat(Objects.requireNonNull(insert.write().condition()).matches(Tables.item("id", "a")))
                    .isFalse();
        });
        assertThat(actions.get(3)).isInstanceOfSatisfying(TransactionStatement.Check.class, check -> {
            assertThat(check.condition().matches(Tables.item("id", "d", "n", 1)))
                    .isTrue();
            assertThat(check.condition().matches(Tables.item("id", "d", "n", 2)))
                    .isFalse();
            assertThat(check.condition().matches(null)).isFalse();
        });
    }

    @Test
    void readsOfWholeKeys() {
        assertThat(actions("SELECT n FROM plain WHERE id = 'a'", "SELECT * FROM rich WHERE id = 'a' AND sort = 1"))
                .allMatch(action -> action instanceof TransactionStatement.Read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM plain WHERE | Statement wasn't well formed, can't be processed: Unexpected term",
                "UPDATE plain SET n = 1 WHERE id = 'a' RETURNING ALL NEW * | RETURNING clause is not supported in ExecuteTransaction.",
                "SELECT * FROM rich.byKind WHERE kind = 'a' | Reads on indices are not supported within transactions.",
                "SELECT * FROM plain WHERE id = 'a' AND n = 1 | Select statements within ExecuteTransaction must specify the primary key in the where clause.",
                "EXISTS(SELECT * FROM plain WHERE id = 'a') | EXISTS() must contain a single item read with additional condition",
            })
    void whatIsWrongIsToldWithItsNumber(String statement, String message) {
        assertThatThrownBy(() -> actions("DELETE FROM plain WHERE id = 'x'", statement))
                .hasMessage("Validation failed in TransactStatements[1]: " + message);
    }

    @Test
    void readsAndWritesDoNotMix() {
        assertThatThrownBy(() -> actions("DELETE FROM plain WHERE id = 'x'", "SELECT * FROM plain WHERE id = 'a'"))
                .hasMessageContaining("either all reads or all writes");
    }
}
