package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.Capacity;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.api.shape.DeleteItemOutput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.api.shape.PutItemOutput;
import dev.evenkeel.api.shape.QueryOutput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.api.shape.UpdateItemOutput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operations report as consumed: the figures, and which members there are. */
@NullUnmarked // an answer that lacks something fails the test by itself
class CapacityTest {
    private World world;

    @BeforeEach
    void open() {
        world = new World(3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static ConsumedCapacity total(String table, double units) {
        return new ConsumedCapacity(table, units, null, null, null, null, null, null);
    }

    private static Capacity units(double units) {
        return new Capacity(null, null, units);
    }

    private ConsumedCapacity put(String table, String item) {
        return world.<PutItemOutput>call(
                        "PutItem",
                        "{'TableName':'" + table + "','ReturnConsumedCapacity':'INDEXES','Item':" + item + "}")
                .consumedCapacity();
    }

    @Test
    void nothingIsReportedUnlessAskedFor() {
        for (var mode : List.of("", ",'ReturnConsumedCapacity':'NONE'")) {
            PutItemOutput put = world.call("PutItem", "{'TableName':'plain','Item':{'id':{'S':'a'}}" + mode + "}");
            assertThat(put.consumedCapacity()).isNull();
        }
    }

    @Test
    void writesAreChargedByTheLargerImage() {
        put("plain", "{'id':{'S':'a'},'v':{'S':'" + "x".repeat(2500) + "'}}");
        assertThat(put("plain", "{'id':{'S':'a'}}").capacityUnits()).isEqualTo(3);
        assertThat(put("plain", "{'id':{'S':'a'}}").capacityUnits()).isEqualTo(1);

        DeleteItemOutput absent = world.call(
                "DeleteItem", "{'TableName':'plain','Key':{'id':{'S':'none'}},'ReturnConsumedCapacity':'TOTAL'}");
        assertThat(absent.consumedCapacity()).isEqualTo(total("plain", 1));
    }

    @Test
    void indexesAreChargedWhenTheirEntriesChange() {
        var item = "{'id':{'S':'a'},'sort':{'N':'1'},'time':{'N':'1'},'kind':{'S':'k'}}";
        assertThat(put("rich", item))
                .isEqualTo(new ConsumedCapacity(
                        "rich",
                        3.0,
                        null,
                        null,
                        units(1),
                        Map.of("byTime", units(1)),
                        Map.of("byKind", units(1)),
                        null));
        assertThat(put("rich", item))
                .isEqualTo(new ConsumedCapacity("rich", 1.0, null, null, units(1), null, null, null));

        UpdateItemOutput moved = world.call(
                "UpdateItem",
                "{'TableName':'rich','Key':{'id':{'S':'a'},'sort':{'N':'1'}},'ReturnConsumedCapacity':'TOTAL',"
                        + "'UpdateExpression':'SET kind = :k','ExpressionAttributeValues':{':k':{'S':'l'}}}");
        assertThat(moved.consumedCapacity()).isEqualTo(total("rich", 3)); // the table, and two writes to the index
    }

    @Test
    void readsOfItems() {
        put("plain", "{'id':{'S':'a'},'v':{'S':'" + "x".repeat(5000) + "'}}");
        var get = "{'TableName':'plain','ReturnConsumedCapacity':'TOTAL','Key':{'id':{'S':'%s'}},'ConsistentRead':%s}";
        assertThat(world.<GetItemOutput>call("GetItem", get.formatted("a", true))
                        .consumedCapacity())
                .isEqualTo(total("plain", 2));
        assertThat(world.<GetItemOutput>call("GetItem", get.formatted("a", false))
                        .consumedCapacity())
                .isEqualTo(total("plain", 1));
        assertThat(world.<GetItemOutput>call("GetItem", get.formatted("none", false))
                        .consumedCapacity())
                .isEqualTo(total("plain", 0.5));
    }

    private void putThree(int bytes) {
        for (int i = 0; i < 3; i++) {
            put(
                    "rich",
                    "{'id':{'S':'a'},'sort':{'N':'" + i + "'},'time':{'N':'1'},'kind':{'S':'k'},'v':{'S':'"
                            + "x".repeat(bytes) + "'}}");
        }
        world.awaitIndexes();
    }

    private ConsumedCapacity query(String rest) {
        return world.<QueryOutput>call("Query", "{'TableName':'rich','ReturnConsumedCapacity':'INDEXES'," + rest + "}")
                .consumedCapacity();
    }

    private static final String BY_ID =
            "'KeyConditionExpression':'id = :v','ExpressionAttributeValues':{':v':{'S':'a'}}";

    @Test
    void queriesAddUpBeforeTheyRound() {
        putThree(1500);
        assertThat(query(BY_ID)).isEqualTo(new ConsumedCapacity("rich", 1.0, null, null, units(1), null, null, null));
        assertThat(query(BY_ID + ",'ConsistentRead':true").capacityUnits()).isEqualTo(2);
        assertThat(query(BY_ID.replace("'a'", "'none'")).capacityUnits()).isEqualTo(0.5);
    }

    @Test
    void whatAnIndexReadsIsTheIndexes() {
        putThree(100);
        assertThat(query("'IndexName':'byKind','KeyConditionExpression':'kind = :v',"
                        + "'ExpressionAttributeValues':{':v':{'S':'k'}}"))
                .isEqualTo(new ConsumedCapacity(
                        "rich", 0.5, null, null, units(0), null, Map.of("byKind", units(0.5)), null));
        assertThat(query(BY_ID + ",'IndexName':'byTime'"))
                .isEqualTo(new ConsumedCapacity(
                        "rich", 0.5, null, null, units(0), Map.of("byTime", units(0.5)), null, null));
    }

    @Test
    void itemsBehindALocalIndexAreRoundedEach() {
        putThree(9000);
        for (var asked : List.of("'Select':'ALL_ATTRIBUTES'", "'ProjectionExpression':'v'")) {
            var request = BY_ID + ",'IndexName':'byTime'," + asked;
            assertThat(query(request))
                    .isEqualTo(new ConsumedCapacity(
                            "rich", 5.0, null, null, units(4.5), Map.of("byTime", units(0.5)), null, null));
            assertThat(query(request + ",'ConsistentRead':true").table()).isEqualTo(units(9));
        }
    }

    @Test
    void theNumberOfPartitionsDoesNotShowInAScan() {
        ScanOutput empty = world.call("Scan", "{'TableName':'plain','ReturnConsumedCapacity':'TOTAL'}");
        assertThat(empty.consumedCapacity()).isEqualTo(total("plain", 0.5));
        for (int i = 0; i < 10; i++) {
            put("plain", "{'id':{'S':'" + i + "'},'v':{'S':'" + "x".repeat(1000) + "'}}");
        }
        ScanOutput scan = world.call("Scan", "{'TableName':'plain','ReturnConsumedCapacity':'TOTAL'}");
        assertThat(scan.consumedCapacity()).isEqualTo(total("plain", 1.5));
    }

    @Test
    void aTableIsCalledWhatTheRequestCalledIt() {
        var arn = world.table("plain").arn();
        assertThat(put(arn, "{'id':{'S':'a'}}").tableName()).isEqualTo(arn);
    }
}
