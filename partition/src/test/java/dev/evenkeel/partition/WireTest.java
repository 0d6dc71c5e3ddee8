package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.expression.LegacyComparison;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.ExpirySchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests and answers that went through bytes mean what they meant. */
class WireTest {
    private static final int EACH = 50;

    private static Item item(Random random) {
        var item = Cluster.key("k" + random.nextInt(3), random.nextInt(3));
        return item.with(Map.of(
                "instant", AttributeValue.of(random.nextInt(4)),
                "colour", AttributeValue.of("c" + random.nextInt(3)),
                "note", AttributeValue.of("x".repeat(random.nextInt(300)))));
    }

    private static @Nullable Condition condition(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> Cluster.condition("instant < :n", Map.of(":n", AttributeValue.of(random.nextInt(5))));
            default ->
                Legacy.filter(
                        Map.of(
                                "colour",
                                new LegacyComparison("EQ", List.of(AttributeValue.of("c" + random.nextInt(3))))),
                        null);
        };
    }

    private static ItemWrite write(Random random) {
        var item = item(random);
        var key = item.only(Cluster.KEY.names());
        var position = Keys.position(key, Cluster.KEY);
        boolean returnItem = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> new ItemWrite.Put(position, item, condition(random), returnItem);
            case 1 -> new ItemWrite.Change(position, key, Cluster.increment("instant"), condition(random), returnItem);
            case 2 -> new ItemWrite.Expire(position, new ExpirySchema(random.nextInt(9), "instant"), random.nextInt(4));
            default -> new ItemWrite.Delete(position, condition(random), returnItem);
        };
    }

    @SuppressWarnings("unchecked") // a request comes out as what went in
    private static <R extends Request<?>> R sent(R request) {
        var bytes = Request.encode(request);
        var arrived = Request.decode(bytes);
        assertThat(arrived).isInstanceOf(request.getClass());
        assertThat(arrived.groupId()).isEqualTo(request.groupId());
        assertThat(Request.encode(arrived)).isEqualTo(bytes);
        return (R) arrived;
    }

    private static <T> T answered(Request<T> request, T result) {
        var arrived = Answer.decode(request, Answer.encode(request, new Answer.Result<>(result)));
        return ((Answer.Result<T>) arrived).value();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void writesEvaluateAlike(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EACH; i++) {
            var write = write(random);
            var request = sent(new WriteRequest(random.nextInt(1_000), random.nextLong(Long.MAX_VALUE), write));
            var arrived = request.write();
            assertThat(arrived.position()).isEqualTo(write.position());
            assertThat(arrived.returnItemOnConditionFailure()).isEqualTo(write.returnItemOnConditionFailure());
            var before = random.nextInt(4) == 0 ? null : item(random);
            assertThat(WriteEvaluation.conditionHolds(arrived, before))
                    .isEqualTo(WriteEvaluation.conditionHolds(write, before));
            var evaluation = WriteEvaluation.of(Cluster.WITH_GLOBAL, write, before);
            assertThat(WriteEvaluation.of(Cluster.WITH_GLOBAL, arrived, before)).isEqualTo(evaluation);
            var outcome = new WriteOutcome(
                    before,
                    evaluation.after(),
                    evaluation.update(),
                    random.nextInt(9) / 2.0,
                    Map.of("byColour", random.nextInt(9) / 2.0),
                    random.nextInt(3) - 1L);
            assertThat(answered(request, outcome)).isEqualTo(outcome);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void rangesAndPagesAreTheSame(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EACH; i++) {
            var filter = condition(random);
            var read = new RangeRead(
                    random.nextInt(6),
                    new byte[] {(byte) i},
                    random.nextBoolean() ? null : new byte[] {(byte) 0xFF, 1},
                    random.nextBoolean(),
                    filter,
                    random.nextBoolean() ? Integer.MAX_VALUE : random.nextInt(100),
                    random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(1 << 20),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextBoolean());
            var request = sent(new ReadRequest(1, 2, read));
            var arrived = request.read();
            assertThat(arrived.from()).isEqualTo(read.from());
            assertThat(arrived.to()).isEqualTo(read.to());
            var tested = item(random);
            assertThat(arrived.filter() == null || arrived.filter().matches(tested))
                    .isEqualTo(filter == null || filter.matches(tested));
            assertThat(new RangeRead(
                            arrived.space(),
                            read.from(),
                            read.to(),
                            arrived.forward(),
                            filter,
                            arrived.itemsMax(),
                            arrived.bytesMax(),
                            arrived.consistent(),
                            arrived.fetchItems(),
                            arrived.keepItems()))
                    .isEqualTo(read);
            var page = page(random);
            assertThat(answered(request, page)).isEqualTo(page);
        }
    }

    private static RangePage page(Random random) {
        var items = new ArrayList<Item>();
        for (int i = random.nextInt(5); i > 0; i--) {
            items.add(item(random));
        }
        var last = switch (random.nextInt(3)) {
            case 0 -> null;
            case 1 -> items.isEmpty() ? null : items.getLast();
            default -> item(random);
        };
        return new RangePage(
                items,
                random.nextInt(1_000),
                random.nextInt(1_000),
                random.nextInt(1 << 20),
                random.nextInt(9) / 2.0,
                last,
                random.nextBoolean());
    }

    @Test
    void theOtherRequestsArrive() {
        var get = sent(new GetRequest(1, 2, new byte[] {1, 2}, true));
        assertThat(get.position()).containsExactly(1, 2);
        assertThat(get.consistent()).isTrue();
        assertThat(answered(get, Optional.<Item>empty())).isEmpty();
        assertThat(answered(get, Optional.of(Item.EMPTY))).contains(Item.EMPTY);
        var statistics = sent(new StatisticsRequest(1, 2, 5));
        assertThat(statistics).isEqualTo(new StatisticsRequest(1, 2, 5));
        assertThat(answered(statistics, new PartitionStatistics(3, 1L << 40)))
                .isEqualTo(new PartitionStatistics(3, 1L << 40));
        var drop = sent(new DropRequest(1, 2, 3, new byte[] {4}, null));
        assertThat(drop.tableId()).isEqualTo(3);
        assertThat(drop.from()).containsExactly(4);
        assertThat(drop.to()).isNull();
        assertThat(sent(new DropRequest(1, 2, 3, new byte[0], new byte[] {5})).to())
                .containsExactly(5);
        assertThat(sent(new CatalogRequest(1, 1L << 50))).isEqualTo(new CatalogRequest(1, 1L << 50));
        var backfill = sent(new BackfillRequest(1, 2, 3, new byte[] {4}));
        assertThat(backfill.indexTableId()).isEqualTo(3);
        assertThat(answered(backfill, Optional.of(new byte[] {9})).orElseThrow())
                .containsExactly(9);
        assertThat(answered(backfill, Optional.<byte[]>empty())).isEmpty();
        assertThat(answered(sent(new AwaitIndexesRequest(1, 5)), true)).isTrue();
    }

    @Test
    void theRequestsForStreamsArrive() {
        var shard = new ShardKey(3, 1L << 40, 5);
        var read = new ChangesRead(shard, new ChangePosition(7, 2), true, -1, 1_000, 1 << 20);
        var request = sent(new ChangesRequest(1, read));
        assertThat(request.read()).isEqualTo(read);
        var page = answered(
                request,
                new ChangesPage(
                        List.of(new ChangesPage.Stored(new ChangePosition(8, 0), new byte[] {1, 2})),
                        true,
                        ChangePosition.END));
        assertThat(page.isTrimmed()).isTrue();
        assertThat(page.completeThrough()).isEqualTo(ChangePosition.END);
        assertThat(page.records().getFirst().position()).isEqualTo(new ChangePosition(8, 0));
        assertThat(page.records().getFirst().record()).containsExactly(1, 2);
        var trim = TrimRequest.olderThan(1, shard, -5);
        assertThat(sent(trim)).isEqualTo(trim);
        assertThat(sent(TrimRequest.all(1, shard)).isWhole()).isTrue();
        assertThat(sent(new MarkRequest(1, true)).appends()).isTrue();
        assertThat(answered(sent(new MarkRequest(1, false)), 1L << 50)).isEqualTo(1L << 50);
    }

    @Test
    void theOtherAnswersArrive() {
        var request = new StatisticsRequest(1, 2, 0);
        for (var answer : List.<Answer<PartitionStatistics>>of(
                new Answer.NotLeader<>(Optional.empty()),
                new Answer.NotLeader<>(Optional.of("node-3")),
                new Answer.NotHere<>("group 1"),
                new Answer.Unknown<>("nobody knows"))) {
            assertThat(Answer.decode(request, Answer.encode(request, answer))).isEqualTo(answer);
        }
    }

    @Test
    void failuresKeepCodeMessageAndItem() {
        for (var code : ErrorCode.values()) {
            var arrived = sent(new DynamoException(code, "ü: " + code));
            assertThat(arrived.code()).isEqualTo(code);
            assertThat(arrived).hasMessage("ü: " + code);
            assertThat(arrived.item()).isEmpty();
        }
        var item = item(new Random(1));
        var arrived = sent(DynamoException.conditionalCheckFailed(item));
        assertThat(arrived.code()).isEqualTo(ErrorCode.CONDITIONAL_CHECK_FAILED);
        assertThat(arrived.item()).contains(item);
    }

    private static DynamoException sent(DynamoException failure) {
        var out = new ByteWriter(16);
        FailureCodec.write(out, failure);
        return FailureCodec.read(new ByteReader(out.toBytes()));
    }

    @Test
    void newerVersionsAreRefused() {
        var bytes = Request.encode(new CatalogRequest(1, 1));
        bytes[0]++;
        assertThatThrownBy(() -> Request.decode(bytes)).hasMessage("a request of version 2, this release reads 1");
    }
}
