package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.BatchGetItemOutput;
import dev.evenkeel.api.shape.BatchWriteItemOutput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@NullUnmarked // an answer that lacks something fails the test by itself
class BatchTest {
    private static final String DUPLICATES = "Provided list of item keys contains duplicates";

    private World world;

    @BeforeEach
    void open() {
        world = new World(4);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static String list(int count, IntFunction<String> element) {
        return IntStream.range(0, count).mapToObj(element).collect(Collectors.joining(",", "[", "]"));
    }

    private static String put(Item item) {
        return "{'PutRequest':{'Item':" + Wire.json(item) + "}}";
    }

    private static String delete(String id) {
        return "{'DeleteRequest':{'Key':{'id':{'S':'" + id + "'}}}}";
    }

    private static String key(int i) {
        return "{'id':{'S':'" + i + "'}}";
    }

    private BatchWriteItemOutput write(String table, String requests, String rest) {
        return world.call("BatchWriteItem", "{'RequestItems':{'" + table + "':" + requests + "}" + rest + "}");
    }

    private BatchGetItemOutput read(String request) {
        return world.call(
                "BatchGetItem", "{'RequestItems':{'plain':" + request + "},'ReturnConsumedCapacity':'TOTAL'}");
    }

    @Test
    void whatIsWrittenTogetherIsReadTogether() {
        var items = IntStream.range(0, 25)
                .mapToObj(i -> Tables.item("id", "" + i, "n", i))
                .toList();
        var written = write("plain", list(25, i -> put(items.get(i))), ",'ReturnConsumedCapacity':'INDEXES'");
        assertThat(written.unprocessedItems()).isEmpty();
        assertThat(written.consumedCapacity()).singleElement().satisfies(capacity -> {
            assertThat(capacity.capacityUnits()).isEqualTo(25);
            assertThat(capacity.table().capacityUnits()).isEqualTo(25);
        });

        var read = read("{'Keys':" + list(30, BatchTest::key) + "}");
        assertThat(read.responses().get("plain")).isEqualTo(items);
        assertThat(read.unprocessedKeys()).isEmpty();
        assertThat(read.consumedCapacity())
                .singleElement()
                .satisfies(capacity ->
                        assertThat(capacity.capacityUnits()).isEqualTo(15)); // keys without an item are charged too

        write("plain", list(25, i -> delete("" + i)), "");
        assertThat(read("{'Keys':" + list(30, BatchTest::key) + "}").responses().get("plain"))
                .isEmpty();
    }

    @Test
    void eachTableHasItsProjection() {
        write("plain", "[" + put(Tables.item("id", "0", "n", 1, "o", 2)) + "]", "");
        var read = read("{'Keys':[" + key(0) + "],'ProjectionExpression':'#n','ExpressionAttributeNames':{'#n':'n'}}");
        assertThat(read.responses().get("plain")).containsExactly(Tables.item("n", 1));
    }

    @Test
    void keysThatDoNotFitIntoTheAnswerAreHandedBack() {
        int count = 50;
        for (int i = 0; i < count; i += 10) {
            int first = i;
            write("plain", list(10, j -> put(Tables.item("id", "" + (first + j), "v", "x".repeat(400_000)))), "");
        }
        var read = read("{'Keys':" + list(count, BatchTest::key) + ",'ConsistentRead':true}");
        var items = read.responses().get("plain");
        assertThat(items).hasSize((16 << 20) / 400_003);
        var rest = read.unprocessedKeys().get("plain");
        assertThat(rest.consistentRead()).isTrue();
        assertThat(rest.keys().stream().map(wire -> wire.item()))
                .isEqualTo(IntStream.range(items.size(), count)
                        .mapToObj(i -> Tables.item("id", "" + i))
                        .toList());
        assertThat(read.consumedCapacity())
                .singleElement()
                .satisfies(capacity -> assertThat(capacity.capacityUnits()).isEqualTo(items.size() * 98.0));
    }

    @Test
    void writesRefusedBecauseOfLoadAreHandedBack() {
        refuseSomeWrites(3);
        var written =
                write("plain", list(10, i -> put(Tables.item("id", "" + i))), ",'ReturnConsumedCapacity':'TOTAL'");
        var refused = written.unprocessedItems().get("plain");
        assertThat(refused).hasSize(3);
        assertThat(written.consumedCapacity())
                .singleElement()
                .satisfies(capacity -> assertThat(capacity.capacityUnits()).isEqualTo(7));
        ScanOutput scan = world.call("Scan", "{'TableName':'plain'}");
        var kept = new ArrayList<>(scan.items());
        refused.forEach(request -> kept.add(request.putRequest().item().item()));
        assertThat(kept).hasSize(10).doesNotHaveDuplicates();
    }

    @Test
    void aBatchOfWhichNothingCouldBeWrittenFails() {
        refuseSomeWrites(100);
        assertThat(world.failure("BatchWriteItem", "{'RequestItems':{'plain':[" + delete("a") + "]}}"))
                .isEqualTo("PROVISIONED_THROUGHPUT_EXCEEDED: too much");
    }

    private void refuseSomeWrites(int count) {
        var left = new AtomicInteger(count);
        world.wrapping = replica -> new RefusingReplica(replica, () -> {
            if (left.getAndDecrement() > 0) {
                throw new DynamoException(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, "too much");
            }
        });
    }

    @Test
    void collectionsAreReportedOnceEach() {
        var written = write(
                "rich",
                list(6, i -> put(Tables.item("id", "id" + i % 2, "sort", i))),
                ",'ReturnItemCollectionMetrics':'SIZE'");
        assertThat(written.itemCollectionMetrics().get("rich"))
                .extracting(metrics -> metrics.itemCollectionKey())
                .containsExactly(Tables.item("id", "id0"), Tables.item("id", "id1"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefusedAndNothingIsWritten(Refusal refusal) {
        assertThat(world.failure(refusal.operation(), refusal.json())).isEqualTo(refusal.expected());
        ScanOutput scan = world.call("Scan", "{'TableName':'plain'}");
        assertThat(scan.items()).isEmpty();
    }

    private static Refusal writes(String table, String requests, String message) {
        return Refusal.validation("BatchWriteItem", "{'RequestItems':{'" + table + "':" + requests + "}}", message);
    }

    private static Refusal reads(String table, String request, String message) {
        return Refusal.validation("BatchGetItem", "{'RequestItems':{'" + table + "':" + request + "}}", message);
    }

    static Stream<Refusal> refusals() {
        var good = put(Tables.item("id", "a"));
        return Stream.of(
                Refusal.validation(
                        "BatchWriteItem",
                        "{'RequestItems':{}}",
                        "The requestItems parameter is required for BatchWriteItem"),
                Refusal.validation(
                        "BatchGetItem",
                        "{'RequestItems':{}}",
                        "The requestItems parameter is required for BatchGetItem"),
                writes("plain", "[" + good + "," + delete("a") + "]", DUPLICATES),
                writes(
                        "plain",
                        "[" + good + ",{}]",
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
                                + "supported datatypes"),
                writes(
                        "plain",
                        "[" + good + "," + put(Tables.item("id", 1)) + "]",
                        "The provided key element does not match the schema"),
                writes(
                        "plain",
                        "[" + good + "," + put(Tables.item("other", "a")) + "]",
                        "The provided key element does not match the schema"),
                writes(
                        "plain",
                        "[" + good + "," + put(Tables.item("id", "")) + "]",
                        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                                + "contain an empty string value. Key: id"),
                writes(
                        "missing",
                        "[" + good + "," + put(Tables.item("id", "b", "v", "x".repeat(409_600))) + "]",
                        "Item size has exceeded the maximum allowed size"),
                Refusal.notFound(
                        "BatchWriteItem", "{'RequestItems':{'plain':[" + good + "],'missing':[" + good + "]}}"),
                Refusal.notFound("BatchGetItem", "{'RequestItems':{'missing':{'Keys':[{'id':{'S':'a'}}]}}}"),
                reads("missing", "{'Keys':[{'n':{'N':'1'}},{'n':{'N':'1.0'}}]}", DUPLICATES),
                reads(
                        "plain",
                        "{'Keys':" + list(101, BatchTest::key) + "}",
                        "1 validation error detected: Value at 'RequestItems.plain.member.Keys' failed to satisfy "
                                + "constraint: Member must have length less than or equal to 100"),
                reads(
                        "missing",
                        "{'Keys':" + list(60, BatchTest::key) + "},'plain':{'Keys':" + list(60, BatchTest::key) + "}",
                        "Too many items requested for the BatchGetItem call"),
                reads("plain", "{'Keys':[{'id':{'N':'1'}}]}", "The provided key element does not match the schema"),
                reads(
                        "plain",
                        "{'Keys':[{'id':{'S':'1'}}],'ProjectionExpression':'a'},"
                                + "'rich':{'Keys':[{'id':{'S':'1'}}],'AttributesToGet':['a']}",
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {AttributesToGet} "
                                + "Expression parameters: {ProjectionExpression}"));
    }

    @Test
    void fanOutWaitsForAllPartsAndTellsTheFirstFailure() {
        var ended = new AtomicInteger();
        var parts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            int part = i;
            parts.add(() -> {
                ended.incrementAndGet();
                if (part % 7 == 3) {
                    throw DynamoException.validation("part " + part);
                }
                return part;
            });
        }
        assertThatThrownBy(() -> FanOut.all(parts)).hasMessage("part 3");
        assertThat(ended).hasValue(20);
        assertThat(FanOut.all(List.of(() -> 1, () -> 2))).containsExactly(1, 2);
        assertThat(FanOut.all(List.of())).isEmpty();
    }
}
