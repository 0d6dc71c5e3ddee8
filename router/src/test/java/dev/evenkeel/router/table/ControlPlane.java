package dev.evenkeel.router.table;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.DeleteTableInput;
import dev.evenkeel.api.shape.DescribeTableInput;
import dev.evenkeel.api.shape.DescribeTimeToLiveInput;
import dev.evenkeel.api.shape.TableDescription;
import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.api.shape.UpdateTimeToLiveInput;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.metadata.TableStatistics;
import dev.evenkeel.metadata.TableStatistics.TableCounts;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Table operations over a real catalog, with partitions, time and the scheduler in the test's hands. Requests are JSON as
 * a client sends it, read and checked as the wire does.
 */
final class ControlPlane {
    static final Instant START = Instant.parse("2026-11-23T10:00:00.123Z");

    /** A clock that only the test moves. */
    static final class ManualTicker implements Ticker {
        private final AtomicLong millis = new AtomicLong(START.toEpochMilli());

        @Override
        public long nanos() {
            return millis.get() * 1_000_000;
        }

        @Override
        public long epochMillis() {
            return millis.get();
        }

        void advance(Duration duration) {
            millis.addAndGet(duration.toMillis());
        }
    }

    /** Every table is as full as its id says. */
    private static final class SampleStatistics implements TableStatistics {
        @Override
        public TableCounts counts(int tableId) {
            return new TableCounts(tableId * 10L, tableId * 100L);
        }

        @Override
        public TableCounts localIndexCounts(int tableId, int indexNumber) {
            return new TableCounts(indexNumber, tableId);
        }
    }

    final ManualTicker ticker = new ManualTicker();
    final RecordingPartitions partitions = new RecordingPartitions();
    final QueueScheduler scheduler = new QueueScheduler();
    final Catalog catalog;
    private final TableOptions options;
    private final Random random = new Random(7);
    TableOperations tables;

    private ControlPlane(Duration delay) {
        var machine = CatalogStateMachine.inMemory();
        catalog = new Catalog(SoloGroup.open(1, new MemoryLog(), machine), machine, random);
        options = new TableOptions("us-east-1", "000000000000", "localhost:8000", delay, new Placement(2, 1));
        tables = start();
    }

    /** Where every transition has ended when its operation returns. */
    static ControlPlane immediate() {
        return new ControlPlane(Duration.ZERO);
    }

    /** Where transitions wait in {@link #scheduler}. */
    static ControlPlane delayed() {
        return new ControlPlane(Duration.ofMillis(1));
    }

    private TableOperations start() {
        return new TableOperations(catalog, partitions, new SampleStatistics(), options, ticker, random, scheduler);
    }

    /** Forgets everything that is not in the catalog, and carries on from there. */
    void restart() {
        scheduler.clear();
        partitions.forgetBackfills();
        tables = start();
        tables.resume();
    }

    static <I, O> O call(String operation, Function<I, O> method, String json) {
        @SuppressWarnings("unchecked") // the caller names the operation that the method is for
        var wire = (Operation<I, O>) Operation.named(operation).orElseThrow();
        var input = wire.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        wire.validate(input);
        return method.apply(input);
    }

    /** @param json with single quotes for double ones */
    TableDescription create(String json) {
        return Objects.requireNonNull(call("CreateTable", (CreateTableInput input) -> tables.createTable(input), json)
                .tableDescription());
    }

    TableDescription update(String json) {
        return Objects.requireNonNull(call("UpdateTable", (UpdateTableInput input) -> tables.updateTable(input), json)
                .tableDescription());
    }

    TableDescription delete(String name) {
        return Objects.requireNonNull(call(
                        "DeleteTable",
                        (DeleteTableInput input) -> tables.deleteTable(input),
                        "{'TableName': '" + name + "'}")
                .tableDescription());
    }

    TableDescription describe(String name) {
        return Objects.requireNonNull(call(
                        "DescribeTable",
                        (DescribeTableInput input) -> tables.describeTable(input),
                        "{'TableName': '" + name + "'}")
                .table());
    }

    void setTimeToLive(String table, boolean enabled, String attribute) {
        var unused = call(
                "UpdateTimeToLive",
                (UpdateTimeToLiveInput input) -> tables.updateTimeToLive(input),
                "{'TableName': '%s', 'TimeToLiveSpecification': {'Enabled': %s, 'AttributeName': '%s'}}"
                        .formatted(table, enabled, attribute));
    }

    /** Status and attribute. */
    String timeToLive(String table) {
        var description = Objects.requireNonNull(call(
                        "DescribeTimeToLive",
                        (DescribeTimeToLiveInput input) -> tables.describeTimeToLive(input),
                        "{'TableName': '" + table + "'}")
                .timeToLiveDescription());
        return description.timeToLiveStatus() + " " + description.attributeName();
    }

    /** A plain on-demand table with partition key {@code pk}. */
    TableDescription createPlain(String name) {
        return create("""
                {'TableName': '%s', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}]}""".formatted(name));
    }

    TableDescription createProvisioned(String name, long read, long write) {
        return create("""
                {'TableName': '%s', 'ProvisionedThroughput': {'ReadCapacityUnits': %d, 'WriteCapacityUnits': %d},
                 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}]}""".formatted(name, read, write));
    }

    /** A request to add the index of that name, on the attribute {@code gk}. */
    static String addIndex(String table, String index) {
        return """
                {'TableName': '%s', 'AttributeDefinitions': [{'AttributeName': 'gk', 'AttributeType': 'N'}],
                 'GlobalSecondaryIndexUpdates': [{'Create': {'IndexName': '%s',
                   'KeySchema': [{'AttributeName': 'gk', 'KeyType': 'HASH'}],
                   'Projection': {'ProjectionType': 'ALL'}}}]}""".formatted(table, index);
    }

    static String dropIndex(String table, String index) {
        return "{'TableName': '%s', 'GlobalSecondaryIndexUpdates': [{'Delete': {'IndexName': '%s'}}]}"
                .formatted(table, index);
    }
}
