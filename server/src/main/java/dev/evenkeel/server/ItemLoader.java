package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.DescribeTableInput;
import dev.evenkeel.api.shape.DescribeTableOutput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.server.transfer.JsonLine;
import dev.evenkeel.server.transfer.JsonLines;
import dev.evenkeel.server.transfer.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Puts a file of JSON lines into tables, through the operations a client would use. An item's line becomes the body of a
 * PutItem by putting the table's name in front, so nothing is parsed twice. Items of one file are put at the same time,
 * which lets them share flushes; a key should therefore come once.
 */
final class ItemLoader {
    /** Puts under way: enough to fill a flush, few enough to stay in memory. */
    private static final int PUTS_MAX = 64;

    private static final long LOOK_EVERY_NANOS = Duration.ofMillis(5).toNanos();
    private static final byte[] ITEM_START = "{\"Item\"".getBytes(StandardCharsets.US_ASCII);

    private final Evenkeel evenkeel;
    private final Progress progress;
    private final Semaphore slots = new Semaphore(PUTS_MAX);
    private final AtomicReference<@Nullable StartException> failure = new AtomicReference<>();

    ItemLoader(Evenkeel evenkeel, Progress progress) {
        this.evenkeel = evenkeel;
        this.progress = progress;
    }

    /** @throws StartException naming the line, when one is not what it should be; others may be loaded by then */
    void load(LoadFile file) {
        progress.begin(file.path().toString(), file.bytes());
        try (JsonLines lines = file.open(progress::read)) {
            loadLines(file, lines);
        } catch (IOException e) {
            throw file.problem(e);
        } finally {
            awaitAll();
        }
        StartException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        progress.end("Loaded %s items from " + file.path());
    }

    private void loadLines(LoadFile file, JsonLines lines) throws IOException {
        String table = file.table();
        for (JsonLine line = lines.next(); line != null && failure.get() == null; line = lines.next()) {
            byte[] document = compactStart(line.document());
            var place = new Place(line.place(), table);
            if (isItem(document)) {
                put(document, place);
            } else {
                table = create(document, place);
            }
            progress.maybeDraw();
        }
    }

    /** Where a line came from, for what went wrong with it. */
    private record Place(String line, String table) {
        StartException problem(String what) {
            return new StartException(line + ": " + what, null);
        }

        StartException problem(DynamoException e) {
            return switch (e.code()) {
                case RESOURCE_NOT_FOUND ->
                    problem("there is no table " + table
                            + ": begin the file with the input of its CreateTable, or say TABLE=FILE");
                case SERIALIZATION -> problem("expected {\"Item\":{…}} or the input of CreateTable");
                default -> problem(e.getMessage());
            };
        }
    }

    /** Without white space behind the opening brace. */
    private static byte[] compactStart(byte[] document) {
        if (document[0] != '{') {
            return document;
        }
        int start = 1;
        while (start < document.length && (document[start] == ' ' || document[start] == '\t')) {
            start++;
        }
        byte[] rest = Arrays.copyOfRange(document, start - 1, document.length);
        rest[0] = '{';
        return rest;
    }

    private static boolean isItem(byte[] document) {
        return document.length >= ITEM_START.length
                && Arrays.equals(document, 0, ITEM_START.length, ITEM_START, 0, ITEM_START.length);
    }

    private void put(byte[] document, Place place) {
        slots.acquireUninterruptibly();
        Thread.startVirtualThread(() -> {
            try {
                execute("PutItem", putBody(document, place.table()));
                progress.stored(1);
            } catch (DynamoException e) {
                failure.compareAndSet(null, place.problem(e));
            } catch (RuntimeException e) {
                failure.compareAndSet(null, place.problem(e.toString()));
            } finally {
                slots.release();
            }
        });
    }

    /** The item's document with the table's name as its first member. Names of tables need no escaping. */
    private static byte[] putBody(byte[] document, String table) {
        byte[] start = ("{\"TableName\":\"" + table + "\",").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(start, start.length + document.length - 1);
        System.arraycopy(document, 1, body, start.length, document.length - 1);
        return body;
    }

    /** Creates the table that the document describes, unless it is there, and returns its name. */
    private String create(byte[] document, Place place) {
        awaitAll();
        try {
            Operation<CreateTableInput, ?> operation = operation("CreateTable");
            CreateTableInput input = operation.read(document);
            try {
                evenkeel.execute(operation, input);
            } catch (DynamoException e) {
                if (e.code() != ErrorCode.RESOURCE_IN_USE) {
                    throw e;
                }
            }
            return awaitActive(String.valueOf(input.tableName()));
        } catch (DynamoException e) {
            throw place.problem(e);
        }
    }

    private String awaitActive(String table) {
        Operation<DescribeTableInput, DescribeTableOutput> describe = operation("DescribeTable");
        var input = DescribeTableInput.builder().tableName(table).build();
        while (true) {
            var description = evenkeel.execute(describe, input).table();
            if (description == null || "ACTIVE".equals(description.tableStatus())) {
                return table;
            }
            LockSupport.parkNanos(LOOK_EVERY_NANOS); // only with a delay of the control plane
        }
    }

    private void execute(String name, byte[] body) {
        execute(operation(name), body);
    }

    private <I, O> void execute(Operation<I, O> operation, byte[] body) {
        evenkeel.execute(operation, operation.read(body));
    }

    @SuppressWarnings("unchecked") // the caller names the types of the operation it names
    private static <I, O> Operation<I, O> operation(String name) {
        return (Operation<I, O>) Operation.named(name).orElseThrow();
    }

    private void awaitAll() {
        slots.acquireUninterruptibly(PUTS_MAX);
        slots.release(PUTS_MAX);
    }
}
