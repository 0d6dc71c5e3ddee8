package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.BatchWriteItemOutput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.api.shape.ScanOutput;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A router whose catalog is old, since another node has changed a table just now. */
@NullUnmarked // an answer that lacks something fails the test by itself
class StaleRoutesTest {
    private World world;

    @BeforeEach
    void open() {
        world = new World(2);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private int count(String rest) {
        return world.<ScanOutput>call("Scan", "{'TableName':'plain'" + rest + "}")
                .count();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PutItem {'TableName':'plain','Item':{'id':{'S':'a'}}}",
                "UpdateItem {'TableName':'plain','Key':{'id':{'S':'a'}}}",
                "BatchWriteItem {'RequestItems':{'plain':[{'PutRequest':{'Item':{'id':{'S':'a'}}}}]}}"
            })
    void aWriteFindsTheTableThatHasTheNameNow(String request) {
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        int space = request.indexOf(' ');
        world.call(request.substring(0, space), request.substring(space + 1));
        assertThat(count(",'ConsistentRead':true")).isEqualTo(1);
    }

    @Test
    void aReadFindsTheTableThatHasTheNameNow() {
        world.call("PutItem", "{'TableName':'plain','Item':{'id':{'S':'a'}}}");
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        assertThat(world.<GetItemOutput>call("GetItem", "{'TableName':'plain','Key':{'id':{'S':'a'}}}")
                        .item())
                .isNull();
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        assertThat(count("")).isZero();
    }

    /** Somebody may have written to the other item in between. */
    @Test
    void ofABatchOnlyWhatFoundNoTableIsWrittenAgain() {
        var writes = new AtomicInteger();
        world.wrapping = replica -> new RefusingReplica(replica, writes::incrementAndGet);
        world.changeElsewhere();
        world.replace(Tables.PLAIN);
        var answer = world.<BatchWriteItemOutput>call(
                "BatchWriteItem",
                "{'RequestItems':{'plain':[{'PutRequest':{'Item':{'id':{'S':'a'}}}}],"
                        + "'places':[{'PutRequest':{'Item':{'id':{'S':'b'}}}}]}}");
        assertThat(answer.unprocessedItems()).isEmpty();
        assertThat(writes).hasValue(2);
    }

    @Test
    void anIndexThatHasComeIsRead() {
        world.changeElsewhere();
        world.addIndex("plain", "byN");
        assertThat(count(",'IndexName':'byN'")).isZero();
    }

    @Test
    void anIndexThatHasGoneIsSaidToBeMissing() {
        world.changeElsewhere();
        world.dropIndex("rich", "byKind");
        assertThat(world.failure("Scan", "{'TableName':'rich','IndexName':'byKind'}"))
                .contains("The table does not have the specified index: byKind");
    }

    @Test
    void whatIsNowhereIsNotFound() {
        assertThat(world.failure("GetItem", "{'TableName':'none','Key':{'id':{'S':'a'}}}"))
                .startsWith("RESOURCE_NOT_FOUND");
    }
}
