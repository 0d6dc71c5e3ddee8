package dev.evenkeel.verify.bench;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Creates the run's tables at one target, fills them, and deletes them in the end. For one thread. */
final class TargetTables implements AutoCloseable {
    private static final Pattern ACTIVE = Pattern.compile("\"TableStatus\"\\s*:\\s*\"ACTIVE\"");
    private static final long ACTIVE_NANOS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int ATTEMPTS_MAX = 10;

    private final Target target;
    private final Requests requests;
    private final List<String> names;
    private final Tables tables;
    private final Ticker ticker;
    private final Consumer<String> progress;
    private final Connection connection;
    private final AtomicBoolean closed = new AtomicBoolean();

    private TargetTables(
            Target target,
            Requests requests,
            Tables tables,
            List<String> names,
            Ticker ticker,
            Consumer<String> progress,
            Connection connection) {
        this.target = target;
        this.requests = requests;
        this.tables = tables;
        this.names = names;
        this.ticker = ticker;
        this.progress = progress;
        this.connection = connection;
    }

    /**
     * Creates the tables and waits until they are active.
     *
     * @param names those of the tables that are wanted
     * @param progress is told what the user should know
     * @throws BenchException when the target does not answer or does not want them
     */
    static TargetTables create(
            Target target,
            Requests requests,
            Tables tables,
            List<String> names,
            Ticker ticker,
            Consumer<String> progress) {
        Connection connection;
        try {
            connection = Connection.open(target.address());
        } catch (IOException e) {
            throw unreachable(target, e);
        }
        var created = new TargetTables(target, requests, tables, names, ticker, progress, connection);
        try {
            created.create();
        } catch (BenchException e) {
            created.close();
            throw e;
        }
        return created;
    }

    private static BenchException unreachable(Target target, Exception cause) {
        var why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new BenchException(
                "target " + target.name() + " at " + target.url() + " does not answer: " + why, cause);
    }

    private void create() {
        for (var name : names) {
            boolean sorted = name.equals(tables.collections());
            demand(
                    "CreateTable",
                    "{\"TableName\":\"" + name + "\",\"BillingMode\":\"PAY_PER_REQUEST\","
                            + "\"AttributeDefinitions\":[" + attribute("pk") + (sorted ? "," + attribute("sk") : "")
                            + "],"
                            + "\"KeySchema\":[" + keyElement("pk", "HASH")
                            + (sorted ? "," + keyElement("sk", "RANGE") : "")
                            + "]}");
        }
        names.forEach(this::awaitActive);
    }

    private static String attribute(String name) {
        return "{\"AttributeName\":\"" + name + "\",\"AttributeType\":\"S\"}";
    }

    private static String keyElement(String name, String type) {
        return "{\"AttributeName\":\"" + name + "\",\"KeyType\":\"" + type + "\"}";
    }

    private void awaitActive(String name) {
        long deadline = ticker.nanos() + ACTIVE_NANOS_MAX;
        while (!ACTIVE.matcher(demand("DescribeTable", tableName(name))).find()) {
            if (ticker.nanos() - deadline > 0) {
                throw new BenchException("table " + name + " at " + target.name() + " does not become ACTIVE");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static String tableName(String name) {
        return "{\"TableName\":\"" + name + "\"}";
    }

    /** Writes every item once. */
    void load(long items) {
        for (var name : names) {
            if (name.equals(tables.collections())) {
                loadCollections(items);
            } else {
                loadItems(name, items);
            }
        }
    }

    private void loadItems(String table, long items) {
        var batch = requests.batchWrite(table);
        for (long first = 0; first < items; first += Requests.BATCH_ITEMS) {
            for (int slot = 0; slot < Requests.BATCH_ITEMS; slot++) {
                batch.key(slot, Math.min(first, items - Requests.BATCH_ITEMS) + slot);
            }
            write(batch);
        }
    }

    private void loadCollections(long items) {
        var batch = requests.collectionWrite(tables.collections());
        for (long collection = 0; collection < items / Requests.COLLECTION_ITEMS; collection++) {
            for (int slot = 0; slot < Requests.COLLECTION_ITEMS; slot++) {
                batch.key(slot, collection);
            }
            write(batch);
        }
    }

    /** Puts are idempotent: a batch that was throttled in part is sent again as a whole. */
    private void write(RequestTemplate batch) {
        var lastAnswer = "";
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var response = exchange(batch);
            lastAnswer = response.bodyStart();
            if (batch.expected().accepts(response.status(), response.bodyBytes(), lastAnswer)) {
                return;
            }
            LockSupport.parkNanos(POLL_NANOS << attempt);
        }
        throw new BenchException("loading items at " + target.name() + " fails: " + lastAnswer);
    }

    private String demand(String operation, String body) {
        var response = exchange(requests.plain(operation, body));
        if (response.status() != 200) {
            throw new BenchException(operation + " at " + target.name() + " fails with status " + response.status()
                    + ": " + response.bodyStart());
        }
        return response.bodyStart();
    }

    private ResponseScanner exchange(RequestTemplate request) {
        try {
            return connection.exchange(request);
        } catch (IOException | BenchException e) {
            throw unreachable(target, e);
        }
    }

    /**
     * Deletes the tables, as far as the target still answers; what remains is the user's to delete, so it is said. Safe for
     * any thread, and only the first call does it: an interrupt from the keyboard comes on a thread of its own.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        connection.close(); // it has been idle since the items were loaded, and the server may have closed it
        try (var fresh = Connection.open(target.address())) {
            for (var name : names) {
                var response = fresh.exchange(requests.plain("DeleteTable", tableName(name)));
                if (response.status() != 200 && !response.bodyStart().contains("ResourceNotFoundException")) {
                    throw new BenchException(response.bodyStart());
                }
            }
        } catch (IOException | BenchException e) {
            progress.accept("could not delete " + names + " at " + target.name() + ": " + e.getMessage());
        }
    }
}
