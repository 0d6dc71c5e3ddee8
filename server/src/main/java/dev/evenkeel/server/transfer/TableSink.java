package dev.evenkeel.server.transfer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/** A table, written in batches; putting an item twice does no harm. */
final class TableSink implements Sink {
    /** Requests in a batch ("BatchWriteItem", API Reference). 25 items of 400 KB stay below its 16 MB, too. */
    private static final int BATCH_ITEMS_MAX = 25;

    private static final Taken NOTHING_LEFT = () -> "";
    private static final Executor THREADS = Thread::startVirtualThread;

    private final DynamoClient client;
    private final String table;
    private final BadLines bad;
    private final Semaphore places;

    /** @param parallel requests under way, at most */
    TableSink(DynamoClient client, String table, BadLines bad, int parallel) {
        this.client = client;
        this.table = table;
        this.bad = bad;
        this.places = new Semaphore(parallel);
    }

    /** Returns when all of the page is in the table, so a later page may put the same keys again. */
    @Override
    public Taken take(int part, List<JsonLine> items) {
        var batches = new ArrayList<CompletableFuture<Void>>();
        for (int from = 0; from < items.size(); from += BATCH_ITEMS_MAX) {
            List<JsonLine> batch = items.subList(from, Math.min(items.size(), from + BATCH_ITEMS_MAX));
            batches.add(CompletableFuture.runAsync(() -> writeInPlace(batch), THREADS));
        }
        try {
            CompletableFuture.allOf(batches.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
        return NOTHING_LEFT;
    }

    private void writeInPlace(List<JsonLine> batch) {
        places.acquireUninterruptibly();
        try {
            write(batch);
        } finally {
            places.release();
        }
    }

    private void write(List<JsonLine> batch) {
        try {
            writeAll(requestItems(batch));
        } catch (RefusedException e) {
            if (!isForItems(e)) {
                throw refused(e);
            }
            batch.forEach(this::put); // one item in it is wrong, and the answer does not say which
        } catch (IOException e) {
            throw new TransferException(client.endpoint() + " does not answer as DynamoDB does: " + e.getMessage(), e);
        }
    }

    private static boolean isForItems(RefusedException e) {
        return e.isFor("ValidationException")
                || e.isFor("SerializationException")
                || e.isFor("ItemCollectionSizeLimitExceededException");
    }

    private TransferException refused(RefusedException e) {
        return new TransferException(
                "Table " + table + " at " + client.endpoint() + " takes no items: " + e.getMessage(), e);
    }

    /** What comes back unprocessed is sent again as it came. */
    private void writeAll(byte[] firstRequestItems) throws IOException {
        BackOff backOff = client.backOff();
        byte[] left = firstRequestItems;
        int leftBefore = Integer.MAX_VALUE;
        while (true) {
            JsonObject answer = client.call("BatchWriteItem", body("{\"RequestItems\":", left, "}"));
            Optional<JsonObject> unprocessed = answer.object("UnprocessedItems");
            int count = unprocessed.isEmpty()
                    ? 0
                    : unprocessed.get().elements(table).size();
            if (count == 0) {
                return;
            }
            if (count < leftBefore) {
                backOff.madeProgress();
            }
            leftBefore = count;
            left = answer.raw("UnprocessedItems").orElseThrow();
            backOff.pause("Table " + table + " at " + client.endpoint() + " is throttled");
        }
    }

    private byte[] requestItems(List<JsonLine> batch) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(bytes("{" + EndpointTables.quoted(table) + ":["));
        String before = "{\"PutRequest\":";
        for (JsonLine line : batch) {
            out.writeBytes(bytes(before));
            out.writeBytes(line.document());
            before = "},{\"PutRequest\":";
        }
        out.writeBytes(bytes("}]}"));
        return out.toByteArray();
    }

    private void put(JsonLine line) {
        byte[] item = line.document();
        int brace = indexOf(item, '{') + 1;
        try {
            var rest = new String(item, brace, item.length - brace, StandardCharsets.UTF_8);
            client.call("PutItem", "{\"TableName\":" + EndpointTables.quoted(table) + "," + rest);
        } catch (RefusedException e) {
            if (!isForItems(e)) {
                throw refused(e);
            }
            bad.add(line, e.getMessage());
        }
    }

    private static int indexOf(byte[] text, char character) {
        int at = 0;
        while (text[at] != character) {
            at++;
        }
        return at;
    }

    private static byte[] body(String before, byte[] value, String behind) {
        var out = new ByteArrayOutputStream(before.length() + value.length + behind.length());
        out.writeBytes(bytes(before));
        out.writeBytes(value);
        out.writeBytes(bytes(behind));
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void force() {
        // an answer of the table is as durable as the table is
    }

    @Override
    public void close() {
        // the client is its owner's
    }
}
