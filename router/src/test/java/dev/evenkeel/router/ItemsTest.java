package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.DeleteItemOutput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.api.shape.ItemCollectionMetrics;
import dev.evenkeel.api.shape.PutItemOutput;
import dev.evenkeel.api.shape.QueryOutput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.api.shape.UpdateItemOutput;
import dev.evenkeel.metadata.CatalogChange;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // an answer that lacks something fails the test by itself
class ItemsTest {
    private World world;

    @BeforeEach
    void open() {
        world = new World(3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private PutItemOutput put(Item item, String rest) {
        return world.call("PutItem", "{'TableName':'plain','Item':" + Wire.json(item) + rest + "}");
    }

    private Item get(String id, String rest) {
        return world.<GetItemOutput>call("GetItem", "{'TableName':'plain','Key':{'id':{'S':'" + id + "'}}" + rest + "}")
                .item();
    }

    private UpdateItemOutput update(String id, String rest) {
        return world.call("UpdateItem", "{'TableName':'plain','Key':{'id':{'S':'" + id + "'}}," + rest + "}");
    }

    @Test
    void whatIsPutIsThere() {
        var item = Tables.item("id", "a", "n", 1);
        assertThat(put(item, "").attributes()).isNull();
        assertThat(get("a", "")).isEqualTo(item);
        assertThat(get("a", ",'ConsistentRead':true")).isEqualTo(item);
        assertThat(get("none", "")).isNull();
        assertThat(get("a", ",'ProjectionExpression':'n'")).isEqualTo(Tables.item("n", 1));
        assertThat(get("a", ",'AttributesToGet':['none']")).isEqualTo(Item.EMPTY);
    }

    @Test
    void aPutAnswersWhatWasThere() {
        var first = Tables.item("id", "a", "n", 1);
        assertThat(put(first, ",'ReturnValues':'ALL_OLD'").attributes()).isNull();
        assertThat(put(Tables.item("id", "a"), ",'ReturnValues':'ALL_OLD'").attributes())
                .isEqualTo(first);
        assertThat(get("a", "")).isEqualTo(Tables.item("id", "a"));
    }

    @Test
    void aDeleteAnswersWhatWasThere() {
        var item = Tables.item("id", "a", "n", 1);
        put(item, "");
        var delete = "{'TableName':'plain','Key':{'id':{'S':'a'}},'ReturnValues':'ALL_OLD'}";
        assertThat(world.<DeleteItemOutput>call("DeleteItem", delete).attributes())
                .isEqualTo(item);
        assertThat(world.<DeleteItemOutput>call("DeleteItem", delete).attributes())
                .isNull();
        assertThat(get("a", "")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,        , ",
        "ALL_OLD,     , id:a n:1 o:2",
        "UPDATED_OLD, , n:1",
        "ALL_NEW,     id:a n:5, id:a n:5 o:2",
        "UPDATED_NEW, n:5, n:5",
    })
    void anUpdateAnswersAsAsked(String returned, String ofNothing, String ofItem) {
        var set = "'UpdateExpression':'SET n = :n','ExpressionAttributeValues':{':n':{'N':'5'}},'ReturnValues':'"
                + returned + "'";
        assertThat(shown(update("a", set).attributes())).isEqualTo(ofNothing);
        put(Tables.item("id", "a", "n", 1, "o", 2), "");
        assertThat(shown(update("a", set).attributes())).isEqualTo(ofItem);
    }

    private static String shown(Item item) {
        if (item == null) {
            return null;
        }
        var shown = new StringBuilder();
        item.toMap()
                .forEach((name, value) -> shown.append(shown.isEmpty() ? "" : " ")
                        .append(name)
                        .append(':')
                        .append(value instanceof AttributeValue.S s ? s.value() : number(value)));
        return shown.toString();
    }

    private static String number(AttributeValue value) {
        return ((AttributeValue.N) value).value().toString();
    }

    @Test
    void anUpdateWithoutAWordOfWhatToDoCreatesTheItem() {
        update("a", "'ReturnValues':'NONE'");
        assertThat(get("a", "")).isEqualTo(Tables.item("id", "a"));
    }

    @Test
    void anUpdateThatOnlyRemovesAnswersNoNewAttributes() {
        put(Tables.item("id", "a", "n", 1), "");
        assertThat(update("a", "'UpdateExpression':'REMOVE n','ReturnValues':'UPDATED_NEW'")
                        .attributes())
                .isNull();
    }

    @Test
    void legacyUpdatesAndExpectations() {
        put(Tables.item("id", "a", "n", 1), "");
        var answer = update(
                "a",
                "'AttributeUpdates':{'n':{'Action':'ADD','Value':{'N':'2'}}},'ReturnValues':'ALL_NEW',"
                        + "'Expected':{'n':{'Value':{'N':'1'}}}");
        assertThat(answer.attributes()).isEqualTo(Tables.item("id", "a", "n", 3));
        assertThat(world.failure(
                        "DeleteItem",
                        "{'TableName':'plain','Key':{'id':{'S':'a'}},'Expected':{'n':{'Value':{'N':'1'}}}}"))
                .isEqualTo("CONDITIONAL_CHECK_FAILED: The conditional request failed");
    }

    @Test
    void aFailedConditionShowsTheItemWhenAsked() {
        var item = Tables.item("id", "a", "n", 1);
        put(item, "");
        var condition = ",'ConditionExpression':'attribute_not_exists(id)'";
        assertThatThrownBy(() -> put(item, condition))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failure -> assertThat(failure.item()).isEmpty());
        assertThatThrownBy(() -> put(item, condition + ",'ReturnValuesOnConditionCheckFailure':'ALL_OLD'"))
                .isInstanceOfSatisfying(
                        DynamoException.class,
                        failure -> assertThat(failure.item()).contains(item));
    }

    @Test
    void onlyTablesWithLocalIndexesHaveCollections() {
        assertThat(put(Tables.item("id", "a"), ",'ReturnItemCollectionMetrics':'SIZE'")
                        .itemCollectionMetrics())
                .isNull();
        PutItemOutput rich = world.call(
                "PutItem",
                "{'TableName':'rich','Item':{'id':{'S':'a'},'sort':{'N':'1'}},'ReturnItemCollectionMetrics':'SIZE'}");
        assertThat(rich.itemCollectionMetrics())
                .isEqualTo(new ItemCollectionMetrics(Tables.item("id", "a"), List.of(0.0, 1.0)));
    }

    @Test
    void aTableIsFoundByItsArn() {
        var arn = world.table("plain").arn();
        put(Tables.item("id", "a"), "");
        GetItemOutput answer = world.call("GetItem", "{'TableName':'" + arn + "','Key':{'id':{'S':'a'}}}");
        assertThat(answer.item()).isEqualTo(Tables.item("id", "a"));
    }

    @ParameterizedTest
    @CsvSource({"CREATING,false", "ACTIVE,true", "UPDATING,true", "DELETING,false"})
    void onlyTablesThatAreThereAreServed(TableStatus status, boolean served) {
        world.catalog.propose(
                new CatalogChange.SetTableStatus(world.table("plain").id(), status));
        if (served) {
            assertThat(get("a", "")).isNull();
        } else {
            assertThatThrownBy(() -> get("a", "")).hasMessage("Requested resource not found");
        }
    }

    @Test
    void aGlobalIndexOfFourAttributes() {
        for (int i = 0; i < 20; i++) {
            var item = Tables.item(
                    "id", "p" + i, "colour", "c" + i % 2, "kind", "k" + i % 3, "time", i % 4, "note", "n" + i);
            world.call("PutItem", "{'TableName':'places','Item':" + Wire.json(item) + "}");
        }
        world.awaitIndexes();
        QueryOutput answer = world.call(
                "Query",
                "{'TableName':'places','IndexName':'byPlace','KeyConditionExpression':"
                        + "'colour = :c and kind = :k and #t = :t and note >= :n',"
                        + "'ExpressionAttributeNames':{'#t':'time'},'ExpressionAttributeValues':"
                        + "{':c':{'S':'c0'},':k':{'S':'k0'},':t':{'N':'0'},':n':{'S':'n1'}}}");
        assertThat(answer.items())
                .containsExactly(Tables.item("id", "p12", "colour", "c0", "kind", "k0", "time", 0, "note", "n12"));
        ScanOutput all = world.call("Scan", "{'TableName':'places','IndexName':'byPlace','Select':'COUNT'}");
        assertThat(all.count()).isEqualTo(20);
        assertThat(all.items()).isNull();
    }
}
