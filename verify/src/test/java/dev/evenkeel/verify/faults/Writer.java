package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One client that writes at random to slots of its own, and with all the others to the counter, until the server is gone.
 * It enters into the ledger what it asks for and what it is told.
 */
final class Writer implements Runnable {
    private static final int PARTITION_KEYS = 8;
    private static final int SORT_KEYS = 12;
    private static final int GROUPS = 5;
    private static final int AMOUNTS = 1000;
    private static final int NOTE_CHARACTERS_MAX = 200;
    private static final int LARGE_NOTE_CHARACTERS = 60_000;

    private final int number;
    private final SplittableRandom random;
    private final Dynamo client;
    private final Ledger ledger;
    private final Runnable acknowledged;
    private volatile Optional<Throwable> failure = Optional.empty();

    /** @param acknowledged called after every answer */
    Writer(int number, SplittableRandom random, Dynamo client, Ledger ledger, Runnable acknowledged) {
        this.number = number;
        this.random = random;
        this.client = client;
        this.ledger = ledger;
        this.acknowledged = acknowledged;
    }

    @Override
    public void run() {
        try {
            while (true) {
                writeOnce();
                acknowledged.run();
            }
        } catch (IOException _) {
            // the server has been killed
        } catch (Throwable wrong) {
            failure = Optional.of(wrong);
        }
    }

    /** What an answer had wrong. */
    Optional<Throwable> failure() {
        return failure;
    }

    private void writeOnce() throws IOException {
        int dice = random.nextInt(100);
        if (dice < 40) {
            put();
        } else if (dice < 65) {
            update();
        } else if (dice < 80) {
            delete();
        } else if (dice < 88) {
            putIfAbsent();
        } else if (dice < 94) {
            batch();
        } else {
            count();
        }
    }

    private void put() throws IOException {
        var slot = slot();
        var item = item(slot);
        ledger.asks(slot, Optional.of(item));
        client.ok("PutItem", Tables.put(slot.table(), item));
        ledger.acknowledges(slot, Optional.of(item));
    }

    private void delete() throws IOException {
        var slot = slot();
        ledger.asks(slot, Optional.empty());
        client.ok("DeleteItem", Map.of("TableName", slot.table(), "Key", slot.key()));
        ledger.acknowledges(slot, Optional.empty());
    }

    private void update() throws IOException {
        var slot = slot();
        var after = new HashMap<>(ledger.item(slot).orElse(slot.key()));
        var amount = Tables.number(random.nextInt(AMOUNTS));
        var note = Tables.string(note());
        after.put("amount", amount);
        after.put("note", note);
        after.remove("grp");
        ledger.asks(slot, Optional.of(after));
        client.ok(
                "UpdateItem",
                Map.of(
                        "TableName",
                        slot.table(),
                        "Key",
                        slot.key(),
                        "UpdateExpression",
                        "SET amount = :a, note = :n REMOVE grp",
                        "ExpressionAttributeValues",
                        Map.of(":a", amount, ":n", note)));
        ledger.acknowledges(slot, Optional.of(after));
    }

    private void putIfAbsent() throws IOException {
        var slot = slot();
        boolean isThere = ledger.item(slot).isPresent();
        var item = item(slot);
        if (!isThere) {
            ledger.asks(slot, Optional.of(item));
        }
        var answer = client.call(
                "PutItem",
                Map.of("TableName", slot.table(), "Item", item, "ConditionExpression", "attribute_not_exists(pk)"));
        var expected = isThere ? "ConditionalCheckFailedException" : "";
        if (!answer.error().equals(expected)) {
            throw new AssertionError(slot + " is " + ledger.item(slot) + ", but was answered " + answer);
        }
        if (!isThere) {
            ledger.acknowledges(slot, Optional.of(item));
        }
    }

    private void batch() throws IOException {
        var writes = new LinkedHashMap<Slot, Optional<Map<String, Object>>>();
        for (int i = 0; i < 6; i++) {
            var slot = slot();
            writes.put(slot, random.nextInt(4) == 0 ? Optional.empty() : Optional.of(item(slot)));
        }
        var requests = new HashMap<String, List<Object>>();
        writes.forEach((slot, after) -> {
            ledger.asks(slot, after);
            requests.computeIfAbsent(slot.table(), _ -> new ArrayList<>())
                    .add(
                            after.isPresent()
                                    ? Map.of("PutRequest", Map.of("Item", after.get()))
                                    : Map.of("DeleteRequest", Map.of("Key", slot.key())));
        });
        var answer = client.ok("BatchWriteItem", Map.of("RequestItems", requests));
        if (!Map.of().equals(answer.get("UnprocessedItems"))) {
            throw new AssertionError("not processed: " + answer);
        }
        writes.forEach(ledger::acknowledges);
    }

    private void count() throws IOException {
        ledger.asksToCount();
        var answer = client.ok(
                "UpdateItem",
                Map.of(
                        "TableName",
                        Ledger.COUNTER.table(),
                        "Key",
                        Ledger.COUNTER.key(),
                        "UpdateExpression",
                        "ADD #c :one",
                        "ExpressionAttributeNames",
                        Map.of("#c", "count"),
                        "ExpressionAttributeValues",
                        Map.of(":one", Tables.number(1)),
                        "ReturnValues",
                        "ALL_NEW"));
        ledger.acknowledgesCount(Ledger.count(Json.object(Objects.requireNonNull(answer.get("Attributes")))));
    }

    private Slot slot() {
        var pk = "w" + number + "-" + random.nextInt(PARTITION_KEYS);
        return random.nextInt(3) == 0
                ? new Slot(Tables.PLAIN, pk, "")
                : new Slot(Tables.INDEXED, pk, "s" + random.nextInt(SORT_KEYS));
    }

    private Map<String, Object> item(Slot slot) {
        var item = new HashMap<>(slot.key());
        item.put("note", Tables.string(note()));
        if (random.nextInt(4) > 0) {
            item.put("amount", Tables.number(random.nextInt(AMOUNTS)));
        }
        if (random.nextInt(3) > 0) {
            item.put("grp", Tables.string("g" + random.nextInt(GROUPS)));
        }
        return item;
    }

    private String note() {
        int length = random.nextInt(30) == 0 ? LARGE_NOTE_CHARACTERS : 1 + random.nextInt(NOTE_CHARACTERS_MAX);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
