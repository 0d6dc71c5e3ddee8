package dev.evenkeel.partition;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Placeholders;
import dev.evenkeel.expression.Update;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.Projection;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.replication.StateMachine;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One group in memory with a table {@code id, sort} over several partitions, a local and a global index. */
final class Cluster implements AutoCloseable {
    static final int TABLE = 1;
    static final int GLOBAL = 2;
    static final KeyAttribute ID = new KeyAttribute("id", AttributeType.S);
    static final KeyAttribute SORT = new KeyAttribute("sort", AttributeType.N);
    static final KeySchema KEY = KeySchema.of(ID, SORT);
    static final IndexSchema BY_TIME = new IndexSchema(
            "byInstant",
            IndexSchema.Kind.LOCAL,
            1,
            KeySchema.of(ID, new KeyAttribute("instant", AttributeType.N)),
            Projection.KEYS_ONLY);
    static final IndexSchema BY_COLOUR = new IndexSchema(
            "byColour",
            IndexSchema.Kind.GLOBAL,
            GLOBAL,
            KeySchema.of(new KeyAttribute("colour", AttributeType.S)),
            new Projection(Projection.Kind.INCLUDE, Set.of("note")));

    static final TableSchema WITHOUT_GLOBAL = new TableSchema(TABLE, "t", KEY, List.of(BY_TIME), List.of());
    static final TableSchema WITH_GLOBAL = new TableSchema(TABLE, "t", KEY, List.of(BY_TIME), List.of(BY_COLOUR));
    static final TableSchema INDEX_TABLE = new TableSchema(GLOBAL, "t/byColour", BY_COLOUR.key(), List.of(), List.of());

    final MemoryStore store = new MemoryStore();
    final PartitionStateMachine machine = new PartitionStateMachine(store);
    final ReplicationGroup group;
    final Map<Long, KeyRange> ranges = new ConcurrentHashMap<>();
    final Map<Long, Integer> tableOf = new ConcurrentHashMap<>();
    final PartitionHost host;
    final List<Long> tablePartitions = new ArrayList<>();

    /** @param borders first bytes of the hash at which partitions begin, besides the first */
    Cluster(TableSchema schema, int... borders) {
        this(machine -> SoloGroup.open(1, new MemoryLog(), machine), schema, borders);
    }

    Cluster(Function<StateMachine, ReplicationGroup> groups, TableSchema schema, int... borders) {
        group = groups.apply(machine);
        host = new PartitionHost(group, store, machine, this::partitionOf);
        host.lead();
        openAll(schema, 10, borders);
        tablePartitions.addAll(ranges.keySet());
        if (!schema.globalIndexes().isEmpty()) {
            openAll(INDEX_TABLE, 20, borders);
        }
    }

    void openAll(TableSchema schema, long firstId, int... borders) {
        for (int i = 0; i <= borders.length; i++) {
            var from = i == 0 ? new byte[0] : new byte[] {(byte) borders[i - 1]};
            byte[] to = i == borders.length ? null : new byte[] {(byte) borders[i]};
            ranges.put(firstId + i, new KeyRange(from, to));
            tableOf.put(firstId + i, schema.id());
            host.open(firstId + i, schema, from, to);
        }
    }

    private boolean belongs(long partition, int table) {
        return tableOf.getOrDefault(partition, 0) == table;
    }

    private Optional<Long> partitionOf(int table, byte[] position) {
        return ranges.entrySet().stream()
                .filter(entry -> belongs(entry.getKey(), table))
                .filter(entry -> entry.getValue().contains(position))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    PartitionReplica replica(byte[] position) {
        return host.replica(partitionOf(TABLE, position).orElseThrow()).orElseThrow();
    }

    WriteOutcome put(Item item) {
        return put(item, null);
    }

    WriteOutcome put(Item item, @Nullable Condition condition) {
        var position = Keys.position(item, KEY);
        return replica(position).write(new ItemWrite.Put(position, item, condition, true));
    }

    WriteOutcome update(Item key, Update update, @Nullable Condition condition) {
        var position = Keys.position(key, KEY);
        return replica(position).write(new ItemWrite.Change(position, key, update, condition, true));
    }

    WriteOutcome delete(Item key) {
        var position = Keys.position(key, KEY);
        return replica(position).write(new ItemWrite.Delete(position, null, false));
    }

    @Nullable
    Item get(Item key) {
        var position = Keys.position(key, KEY);
        return replica(position).get(position, true);
    }

    /** Everything in one space of all partitions of a table, in order. */
    List<Item> all(int table, int space) {
        var items = new ArrayList<Item>();
        ranges.keySet().stream().sorted().filter(id -> belongs(id, table)).forEach(id -> {
            var page = host.replica(id).orElseThrow().read(everything(space, true));
            items.addAll(page.items());
        });
        return items;
    }

    static RangeRead everything(int space, boolean forward) {
        return new RangeRead(
                space, new byte[0], null, forward, null, Integer.MAX_VALUE, Long.MAX_VALUE, true, false, true);
    }

    long counted(int table, int space) {
        return ranges.keySet().stream()
                .filter(id -> belongs(id, table))
                .mapToLong(
                        id -> host.replica(id).orElseThrow().statistics(space).items())
                .sum();
    }

    /** How many entries the store has under any table. */
    int entries() {
        int entries = 0;
        try (var cursor = store.cursor(StoreKey.of(1, 0, new byte[0]), null, Direction.FORWARD)) {
            while (cursor.next()) {
                entries++;
            }
        }
        return entries;
    }

    static Item key(String id, long sort) {
        return Item.of(Map.of("id", AttributeValue.of(id), "sort", AttributeValue.of(sort)));
    }

    static Update increment(String attribute) {
        return Expressions.update(
                "ADD " + attribute + " :one", new Placeholders(null, Map.of(":one", AttributeValue.of(1))));
    }

    static Condition condition(String text, @Nullable Map<String, AttributeValue> values) {
        return Expressions.condition(ExpressionKind.CONDITION, text, new Placeholders(null, values));
    }

    /** Runs the tasks at once and returns when all are done; throws what the first failing one threw. */
    static void together(List<Runnable> tasks) throws InterruptedException {
        var failure = new AtomicReference<@Nullable Throwable>();
        var threads = tasks.stream()
                .map(task -> Thread.ofVirtual().start(() -> {
                    try {
                        task.run();
                    } catch (Throwable failed) {
                        failure.compareAndSet(null, failed);
                    }
                }))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
        var failed = failure.get();
        if (failed != null) {
            throw new AssertionError("a task failed", failed);
        }
    }

    @Override
    public void close() {
        host.close();
        group.close();
        store.close();
    }
}
