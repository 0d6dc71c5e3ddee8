package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.BatchStatementRequest;
import dev.evenkeel.api.shape.Capacity;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.api.shape.ExecuteStatementInput;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {
    private final World world = new World(2);
    private final Partiql partiql = new Partiql(world);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aWriteAnswersNoItems() {
        assertThat(partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': ?}", 1))
                .isEmpty();
        assertThat(partiql.items("UPDATE plain SET n = n + 1, m = 'x' WHERE id = 'a'"))
                .isEmpty();
        assertThat(partiql.items("SELECT * FROM plain WHERE id = 'a'"))
                .containsExactly(Tables.item("id", "a", "n", 2, "m", "x"));
        assertThat(partiql.items("DELETE FROM plain WHERE id = ?", "a")).isEmpty();
        assertThat(partiql.items("DELETE FROM plain WHERE id = ?", "a")).isEmpty();
        assertThat(partiql.items("SELECT * FROM plain")).isEmpty();
    }

    @Test
    void insertDoesNotReplace() {
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': 1}");
        assertThat(partiql.failure("INSERT INTO plain VALUE {'id': 'a', 'n': 2}"))
                .isEqualTo("DUPLICATE_ITEM: Duplicate primary key exists in table");
        assertThat(partiql.items("SELECT n FROM plain")).containsExactly(Tables.item("n", 1));
        assertThat(partiql.failure("INSERT INTO plain VALUE {'n': 1}"))
                .isEqualTo("VALIDATION: Key attribute should be present in the item: Key id");
        assertThat(partiql.failure("INSERT INTO plain VALUE {'id': 1}"))
                .isEqualTo(
                        "VALIDATION: Key attribute's data type should match its data type in table's schema: Key id");
        assertThat(partiql.failure("INSERT INTO rich VALUE {'id': 'b', 'sort': 1, 'time': 'x'}"))
                .contains("Type mismatch for Index Key time");
    }

    @Test
    void updateNeedsAnItemThatMeetsWhere() {
        assertThat(partiql.failure("UPDATE plain SET n = 1 WHERE id = 'a'"))
                .isEqualTo("CONDITIONAL_CHECK_FAILED: The conditional request failed");
        assertThat(partiql.failure("UPDATE plain SET n = 1 WHERE id = 'a' AND attribute_not_exists(id)"))
                .startsWith("CONDITIONAL_CHECK_FAILED");
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': 1}");
        assertThat(partiql.failure("UPDATE plain SET n = 2 WHERE id = 'a' AND n > 1"))
                .startsWith("CONDITIONAL_CHECK_FAILED");
        partiql.items("UPDATE plain SET n = 2 WHERE id = 'a' AND n = 1");
        assertThat(partiql.items("SELECT n FROM plain")).containsExactly(Tables.item("n", 2));
        assertThat(partiql.failure("UPDATE plain SET id = 'b' WHERE id = 'a'")).contains("Cannot update attribute id");
        assertThat(partiql.failure("UPDATE plain SET l[0] = 1 WHERE id = 'a'"))
                .isEqualTo("VALIDATION: The document path provided in the update expression is invalid for update");
        assertThat(partiql.failure("UPDATE plain SET n = 1"))
                .isEqualTo("VALIDATION: Where clause does not contain a mandatory equality on all key attributes");
        assertThat(partiql.failure("FROM plain WHERE n = 1 SET n = 2"))
                .isEqualTo("VALIDATION: Where clause does not contain a mandatory equality on all key attributes");
    }

    @Test
    void deleteOfNothingMeetsAnyWhere() {
        assertThat(partiql.items("DELETE FROM plain WHERE id = 'a' AND n = 1")).isEmpty();
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': 2}");
        assertThat(partiql.failure("DELETE FROM plain WHERE id = 'a' AND n = 1"))
                .startsWith("CONDITIONAL_CHECK_FAILED");
        assertThat(partiql.items("DELETE FROM plain WHERE id = 'a' AND n = 2 RETURNING ALL OLD *"))
                .containsExactly(Tables.item("id", "a", "n", 2));
        assertThat(partiql.items("DELETE FROM plain WHERE id = 'a' RETURNING ALL OLD *"))
                .isEmpty();
    }

    @Test
    void returning() {
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': 1, 'm': 5}");
        assertThat(partiql.items("UPDATE plain SET n = 2 WHERE id = 'a' RETURNING ALL OLD *"))
                .containsExactly(Tables.item("id", "a", "n", 1, "m", 5));
        assertThat(partiql.items("UPDATE plain SET n = 3 WHERE id = 'a' RETURNING ALL NEW *"))
                .containsExactly(Tables.item("id", "a", "n", 3, "m", 5));
        assertThat(partiql.items("UPDATE plain SET n = 4 WHERE id = 'a' RETURNING MODIFIED OLD *"))
                .containsExactly(Tables.item("n", 3));
        assertThat(partiql.items("UPDATE plain SET n = 5 WHERE id = 'a' RETURNING MODIFIED NEW *"))
                .containsExactly(Tables.item("n", 5));
        assertThat(partiql.items("UPDATE plain SET x = 5 WHERE id = 'a' RETURNING MODIFIED OLD *"))
                .isEmpty();
        assertThat(partiql.items("UPDATE plain REMOVE x WHERE id = 'a' RETURNING MODIFIED NEW *"))
                .isEmpty();
    }

    @Test
    void aFailedConditionCarriesTheItemWhenAsked() {
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'n': 1}");
        var input = Partiql.input("UPDATE plain SET n = 2 WHERE id = 'a' AND n = 9")
                .returnValuesOnConditionCheckFailure("ALL_OLD");
        assertThatThrownBy(() -> partiql.run(input))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failure -> assertThat(failure.item()).contains(Tables.item("id", "a", "n", 1)));
    }

    private void fill() {
        for (int i = 0; i < 12; i++) {
            partiql.items(
                    "INSERT INTO rich VALUE {'id': ?, 'sort': ?, 'time': ?, 'note': 'n', 'colour': 'red', 'text': ?}",
                    "id" + i % 3,
                    i,
                    20 - i,
                    "text" + i);
        }
        world.awaitIndexes();
    }

    private static List<Long> sorts(List<Item> items) {
        return items.stream().map(Tables::sort).toList();
    }

    @Test
    void selectsByKeyAndBeyond() {
        fill();
        assertThat(sorts(partiql.items("SELECT * FROM rich WHERE id = 'id1'"))).containsExactly(1L, 4L, 7L, 10L);
        assertThat(sorts(partiql.items("SELECT sort FROM rich WHERE id = 'id1' AND sort > 1 ORDER BY sort DESC")))
                .containsExactly(10L, 7L, 4L);
        assertThat(sorts(partiql.items("SELECT * FROM rich WHERE id = 'id1' AND sort = 4 OR id = 'id0' AND sort < 6")))
                .containsExactly(4L, 0L, 3L);
        assertThat(sorts(partiql.items("SELECT * FROM rich WHERE text IN ['text1', 'text2']")))
                .containsExactlyInAnyOrder(1L, 2L);
        assertThat(sorts(partiql.items("SELECT sort FROM rich.byTime WHERE id = 'id1' AND \"time\" BETWEEN 13 AND 19")))
                .containsExactly(7L, 4L, 1L);
        assertThat(partiql.items("SELECT text FROM rich.byTime WHERE id = 'id1' AND \"time\" = 19"))
                .containsExactly(Tables.item("text", "text1"));
        assertThat(sorts(partiql.items("SELECT * FROM rich.byColour WHERE colour = 'red' AND sort >= 10")))
                .containsExactly(10L, 11L);
        assertThat(partiql.items("SELECT * FROM rich.byKind")).isEmpty();
    }

    @Test
    void severalKeysComeTenToAPage() {
        for (int i = 0; i < 12; i++) {
            partiql.items("INSERT INTO plain VALUE {'id': ?}", "" + i);
        }
        var input = Partiql.input(
                "SELECT * FROM plain WHERE id IN ['0','1','2','3','4','5','6','7','8','9','10','11','x']");
        var first = partiql.run(input);
        assertThat(first.items()).hasSize(10);
        var second = partiql.run(input.nextToken(first.nextToken()));
        assertThat(second.items()).containsExactly(Tables.item("id", "10"), Tables.item("id", "11"));
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void limitCountsItemsBeforeTheFilter() {
        fill();
        var input = Partiql.input("SELECT * FROM rich WHERE id = 'id1' AND text = 'text10'")
                .limit(2);
        var first = partiql.run(input);
        assertThat(first.items()).isEmpty();
        assertThat(first.lastEvaluatedKey()).isEqualTo(Tables.item("id", "id1", "sort", 4));
        assertThat(partiql.all(input)).hasSize(1);
    }

    @Test
    void aTokenHoldsForItsStatementAndParameters() {
        fill();
        var first = partiql.run(
                Partiql.input("SELECT * FROM rich WHERE id = ?", "id1").limit(1));
        assertThat(first.nextToken()).isNotNull();
        assertThat(partiql.failure(
                        Partiql.input("SELECT * FROM rich WHERE id = ?", "id2").nextToken(first.nextToken())))
                .isEqualTo("VALIDATION: NextToken does not match request");
        assertThat(partiql.failure(Partiql.input("SELECT sort FROM rich WHERE id = ?", "id1")
                        .nextToken(first.nextToken())))
                .isEqualTo("VALIDATION: NextToken does not match request");
        for (var token : List.of(
                "garbage!", "AAAA", Objects.requireNonNull(first.nextToken()).substring(4))) {
            assertThat(partiql.failure(Partiql.input("SELECT * FROM rich WHERE id = ?", "id1")
                            .nextToken(token)))
                    .isEqualTo("VALIDATION: Invalid NextToken");
        }
    }

    private ConsumedCapacity capacity(ExecuteStatementInput.Builder input) {
        return Objects.requireNonNull(
                partiql.run(input.returnConsumedCapacity("INDEXES")).consumedCapacity());
    }

    @Test
    void capacityIsThatOfTheOperationsBehind() {
        fill();
        assertThat(capacity(Partiql.input("SELECT * FROM rich WHERE id = 'id1' AND sort = 1"))
                        .capacityUnits())
                .isEqualTo(0.5);
        var index = capacity(
                Partiql.input("SELECT text FROM rich.byTime WHERE id = 'id1'").consistentRead(true));
        assertThat(Objects.requireNonNull(index.table()).capacityUnits()).isEqualTo(4);
        assertThat(Objects.requireNonNull(index.localSecondaryIndexes()))
                .containsEntry("byTime", new Capacity(null, null, 1.0));
        assertThat(capacity(Partiql.input("INSERT INTO plain VALUE {'id': 'x'}"))
                        .capacityUnits())
                .isEqualTo(1);
        assertThat(capacity(Partiql.input("SELECT * FROM plain WHERE id IN ['x', 'y']")
                                .consistentRead(true))
                        .capacityUnits())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "SELECT * FROM nope WHERE id = 'a' | RESOURCE_NOT_FOUND: Requested resource not found",
                "SELECT * FROM rich.nope WHERE id = 'a' | VALIDATION: The table does not have the specified index",
                "SELECT * FROM places.byPlace WHERE colour = 5 | VALIDATION: PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.",
                "SELECT text FROM rich.byColour WHERE colour = 'red' | VALIDATION: One or more parameter values were invalid: Global secondary index byColour does not project [text]",
                "SELECT text, x FROM rich.byColour | VALIDATION: One or more parameter values were invalid: Global secondary index byColour does not project [text, x]",
                "SELECT id FROM rich.byColour WHERE colour = 'red' AND text = 'x' | VALIDATION: One or more parameter values were invalid: Secondary index byColour does not project one or more filter attributes: [text]",
                "SELECT id FROM rich.byColour WHERE colour IN ['red', 'x'] AND text = 'x' | VALIDATION: One or more parameter values were invalid: Secondary index byColour does not project one or more filter attributes: [text]",
                "SELECT id FROM rich.byTime WHERE id = 'a' AND text = 'x' | VALIDATION: One or more parameter values were invalid: Secondary index byTime does not project one or more filter attributes: [text]",
                "SELECT * FROM plain WHERE id = '' | VALIDATION: One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
                "SELECT id.x FROM plain | VALIDATION: Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: id",
                "EXISTS(SELECT * FROM plain WHERE id = 'a' AND n = 1) | VALIDATION: EXISTS can only be used in ExecuteTransaction write requests.",
            })
    void refusals(String statement, String failure) {
        assertThat(partiql.failure(statement)).isEqualTo(failure);
    }

    @Test
    void whatIsAskedOfAnIndexInAScanMayBeMissingThere() {
        fill();
        assertThat(partiql.items("SELECT id FROM rich.byColour WHERE text = 'text1'"))
                .isEmpty();
        assertThat(partiql.items("SELECT id FROM rich.byTime WHERE text = 'text1'"))
                .isEmpty();
        assertThat(partiql.items("SELECT id FROM rich.byTime WHERE NOT text = 'text1'"))
                .hasSize(12);
        assertThat(partiql.all(Partiql.input(
                        "SELECT sort FROM rich.byColour WHERE (colour = 'red' AND text = 'x') OR colour = 'blue'")))
                .isEmpty();
    }

    @Test
    void consistentReadsOfGlobalIndexesAreRefused() {
        assertThat(partiql.failure(Partiql.input("SELECT * FROM rich.byKind WHERE kind = 'x'")
                        .consistentRead(true)))
                .isEqualTo("VALIDATION: Strongly consistent read is not supported on Global Secondary Indexes");
    }

    @Test
    void parametersMayBeOfAnyType() {
        var set = new AttributeValue.SS(List.of("x", "y"));
        partiql.items("INSERT INTO plain VALUE {'id': 'a', 'set': ?}", set);
        assertThat(partiql.items("SELECT id FROM plain WHERE \"set\" = ?", new AttributeValue.SS(List.of("y", "x"))))
                .hasSize(1);
        assertThat(partiql.failure("SELECT id FROM plain WHERE id = ?"))
                .isEqualTo("VALIDATION: Number of parameters in request and statement don't match.");
    }

    @Test
    void aBatchRunsEachByItself() {
        assertThat(partiql.responses(
                        "INSERT INTO plain VALUE {'id': 'a', 'n': 1}",
                        "UPDATE plain SET n = 1 WHERE id = 'missing'",
                        "SLECT * FROM plain WHERE id = 'a'",
                        "DELETE FROM nope WHERE id = 'a'",
                        "DELETE FROM plain WHERE id = 'b' RETURNING MODIFIED OLD *"))
                .containsExactly(
                        "plain -",
                        "plain ConditionalCheckFailed: The conditional request failed",
                        "null ValidationError: Statement wasn't well formed, can't be processed: Expected data manipulation",
                        "null ResourceNotFound: Requested resource not found",
                        "null ValidationError: Invalid returning clause: RETURNING MODIFIED OLD *. "
                                + "Only RETURNING ALL OLD * is allowed in DELETE statements.");
        assertThat(partiql.responses("INSERT INTO plain VALUE {'id': 'a'}"))
                .containsExactly("plain DuplicateItem: Duplicate primary key exists in table");
        assertThat(partiql.responses("UPDATE plain SET n = 7 WHERE id = 'a' RETURNING MODIFIED NEW *"))
                .containsExactly("plain " + Tables.item("n", 7));
        var needsKey = "null ValidationError: Select statements within BatchExecuteStatement must specify the primary "
                + "key in the where clause.";
        assertThat(partiql.responses(
                        "SELECT * FROM plain WHERE id = 'a'",
                        "SELECT * FROM plain WHERE id = 'b'",
                        "SELECT * FROM plain WHERE n = 1",
                        "SELECT * FROM plain WHERE id = 'a' AND n = 7",
                        "SELECT * FROM rich WHERE id = 'a'",
                        "SELECT * FROM rich.byKind WHERE kind = 'x' AND id = 'a' AND sort = 1"))
                .containsExactly(
                        "plain " + Tables.item("id", "a", "n", 7), "plain -", needsKey, needsKey, needsKey, needsKey);
    }

    @Test
    void aBatchReadsOrWrites() {
        assertThatThrownBy(() ->
                        partiql.responses("SELECT * FROM plain WHERE id = 'a'", "DELETE FROM plain WHERE id = 'a'"))
                .isInstanceOf(DynamoException.class)
                .hasMessageContaining("either all reads or all writes");
    }

    @Test
    void capacityOfABatchIsInTheOrderOfItsStatements() {
        partiql.items("INSERT INTO plain VALUE {'id': 'a'}");
        var answer = partiql.batch(
                BatchStatementRequest.builder()
                        .statement("SELECT * FROM plain WHERE id = 'a'")
                        .consistentRead(true)
                        .build(),
                BatchStatementRequest.builder()
                        .statement("SELECT * FROM plain WHERE id = 'a'")
                        .build());
        assertThat(answer.consumedCapacity())
                .extracting(ConsumedCapacity::capacityUnits)
                .containsExactly(1.0, 0.5);
    }

    @Test
    void aStatementFindsATableThatWasMadeAnewElsewhere() {
        partiql.items("INSERT INTO plain VALUE {'id': 'a'}");
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        assertThat(partiql.items("SELECT * FROM plain WHERE id = 'a'")).isEmpty();
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        assertThat(partiql.responses("INSERT INTO plain VALUE {'id': 'a'}")).containsExactly("plain -");
    }
}
