package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.QueryOutput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.model.Item;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a page of a Query or Scan has in it, and when there is another. */
@NullUnmarked // an answer that lacks something fails the test by itself
class RangeReadTest {
    private static final String BY_ID =
            "'KeyConditionExpression':'id = :v','ExpressionAttributeValues':{':v':{'S':'a'}";

    private World world;

    @BeforeEach
    void open() {
        world = new World(3);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void put(String table, Item item) {
        world.call("PutItem", "{'TableName':'" + table + "','Item':" + Wire.json(item) + "}");
    }

    private void putTen() {
        for (int i = 0; i < 10; i++) {
            put("rich", Tables.item("id", "a", "sort", i, "time", 9 - i, "kind", "k", "n", i % 2));
        }
        world.awaitIndexes();
    }

    private QueryOutput query(String rest) {
        return world.call("Query", "{'TableName':'rich'," + rest + "}");
    }

    @Test
    void aFilterComesAfterTheCount() {
        putTen();
        var filter = BY_ID + ",':n':{'N':'1'}},'FilterExpression':'n = :n','Limit':5";
        var page = query(filter);
        assertThat(page.scannedCount()).isEqualTo(5);
        assertThat(page.count()).isEqualTo(2);
        assertThat(page.items()).extracting(Tables::sort).containsExactly(1L, 3L);
        assertThat(page.lastEvaluatedKey()).isEqualTo(Tables.item("id", "a", "sort", 4));
    }

    @Test
    void legacyFilters() {
        putTen();
        var one = "{'n':{'ComparisonOperator':'EQ','AttributeValueList':[{'N':'1'}]}}";
        var page = query("'KeyConditions':{'id':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
                + "'QueryFilter':" + one);
        assertThat(page.count()).isEqualTo(5);
        ScanOutput scan =
                world.call("Scan", "{'TableName':'rich','AttributesToGet':['sort'],'ScanFilter':" + one + "}");
        assertThat(scan.items()).hasSize(5).contains(Tables.item("sort", 1));
    }

    @Test
    void aCountHasNoItems() {
        putTen();
        var page = query(BY_ID + "},'Select':'COUNT','Limit':7");
        assertThat(page.items()).isNull();
        assertThat(page.count()).isEqualTo(7);
        assertThat(page.lastEvaluatedKey()).isEqualTo(Tables.item("id", "a", "sort", 6));
    }

    @Test
    void aFullPageHasAKeyToGoOnFromEvenWhenNothingFollows() {
        putTen();
        assertThat(query(BY_ID + "},'Limit':10").lastEvaluatedKey()).isEqualTo(Tables.item("id", "a", "sort", 9));
        assertThat(query(BY_ID + "},'Limit':11").lastEvaluatedKey()).isNull();
        var rest = query(BY_ID + "},'ExclusiveStartKey':" + Wire.json(Tables.item("id", "a", "sort", 9)));
        assertThat(rest.items()).isEmpty();
        assertThat(rest.count()).isZero();
        assertThat(rest.lastEvaluatedKey()).isNull();
    }

    @Test
    void theKeyToGoOnFromHasTheKeysOfTableAndIndex() {
        putTen();
        assertThat(query(BY_ID + "},'IndexName':'byTime','Limit':1").lastEvaluatedKey())
                .isEqualTo(Tables.item("id", "a", "sort", 9, "time", 0));
        ScanOutput scan = world.call("Scan", "{'TableName':'rich','IndexName':'byKind','Limit':1}");
        assertThat(scan.lastEvaluatedKey().toMap().keySet()).isEqualTo(Set.of("id", "sort", "kind"));
    }

    @Test
    void aLocalIndexGivesWhatItCarriesOrWhatIsAskedFor() {
        putTen();
        var byTime = BY_ID + "},'IndexName':'byTime'";
        assertThat(query(byTime + ",'Limit':1").items()).containsExactly(Tables.item("id", "a", "sort", 9, "time", 0));
        assertThat(query(byTime + ",'Limit':1,'Select':'ALL_ATTRIBUTES'").items())
                .containsExactly(Tables.item("id", "a", "sort", 9, "time", 0, "kind", "k", "n", 1));
        assertThat(query(byTime + ",'Limit':1,'ProjectionExpression':'n'").items())
                .containsExactly(Tables.item("n", 1));
        assertThat(query(BY_ID + ",':n':{'N':'1'}},'IndexName':'byTime','FilterExpression':'n = :n',"
                                + "'Select':'ALL_ATTRIBUTES'")
                        .count())
                .isEqualTo(5);
    }

    @Test
    void aScanOfAnIndexFindsNothingByWhatItDoesNotCarry() {
        putTen();
        ScanOutput scan = world.call(
                "Scan",
                "{'TableName':'rich','IndexName':'byTime','FilterExpression':'n = :n',"
                        + "'ExpressionAttributeValues':{':n':{'N':'1'}}}");
        assertThat(scan.scannedCount()).isEqualTo(10);
        assertThat(scan.count()).isZero();
    }

    @Test
    void aPageEndsWithItsMegabyteWhereverThePartitionsEnd() {
        int bytes = 60_000;
        for (int i = 0; i < 40; i++) {
            put("plain", Tables.item("id", "" + i, "v", "x".repeat(bytes)));
        }
        var seen = new HashSet<Item>();
        var startKey = "";
        int pages = 0;
        while (true) {
            ScanOutput page = world.call("Scan", "{'TableName':'plain'" + startKey + "}");
            pages++;
            seen.addAll(page.items());
            var last = page.lastEvaluatedKey();
            if (last == null) {
                break;
            }
            assertThat(page.count()).isEqualTo(18); // the 18th reaches 1 MB
            startKey = ",'ExclusiveStartKey':" + Wire.json(last);
        }
        assertThat(seen).hasSize(40);
        assertThat(pages).isEqualTo(3);
    }
}
