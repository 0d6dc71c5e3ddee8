package dev.evenkeel.verify.bench;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** The requests that one connection sends in one round. For one thread. */
final class RequestStream {
    private static final int PERCENT = 100;

    private final List<RequestTemplate> reads;
    private final List<RequestTemplate> writes;
    private final int readPercent;
    private final KeyChooser keys;
    private final long keysMax;
    private final SplittableRandom random;

    /** @param keysMax the keys that {@code keys} chooses from */
    RequestStream(
            Workload workload,
            Requests requests,
            Tables tables,
            KeyChooser keys,
            long keysMax,
            SplittableRandom random) {
        this.readPercent = workload.readPercent();
        this.reads = readPercent == 0 ? List.of() : reads(workload, requests, tables);
        this.writes = readPercent == PERCENT ? List.of() : writes(workload, requests, tables);
        this.keys = keys;
        this.keysMax = keysMax;
        this.random = random;
    }

    private static List<RequestTemplate> reads(Workload workload, Requests requests, Tables tables) {
        boolean consistent = tables.consistentReads();
        return switch (workload) {
            case QUERY -> List.of(requests.query(tables.collections(), consistent));
            case BATCH_GET -> List.of(requests.batchGet(tables.items(), consistent));
            case TRANSACT_GET -> List.of(requests.transactGet(List.of(tables.items())));
            case TRANSACT_GET_TEN ->
                List.of(requests.transactGet(Collections.nCopies(Requests.TRANSACTION_ITEMS, tables.items())));
            case TRANSACT_GET_SPREAD -> List.of(requests.transactGet(tables.spread()));
            case GET_SPREAD ->
                tables.spread().stream()
                        .map(table -> requests.get(table, consistent))
                        .toList();
            default -> List.of(requests.get(tables.items(), consistent));
        };
    }

    private static List<RequestTemplate> writes(Workload workload, Requests requests, Tables tables) {
        return switch (workload) {
            case BATCH_WRITE -> List.of(requests.batchWrite(tables.items()));
            case TRANSACT_WRITE -> List.of(requests.transactWrite(List.of(tables.items())));
            case TRANSACT_WRITE_TEN ->
                List.of(requests.transactWrite(Collections.nCopies(Requests.TRANSACTION_ITEMS, tables.items())));
            case TRANSACT_WRITE_SPREAD -> List.of(requests.transactWrite(tables.spread()));
            case PUT_SPREAD -> tables.spread().stream().map(requests::put).toList();
            default -> List.of(requests.put(tables.items()));
        };
    }

    /** The next request, patched and ready; valid until the next call. */
    RequestTemplate next() {
        var template = pick();
        template.payloads(random.nextLong());
        int slots = template.keys();
        if (slots == 1) {
            template.key(0, keys.next(random));
        } else {
            distinctKeys(template, slots);
        }
        return template;
    }

    private RequestTemplate pick() {
        var templates = random.nextInt(PERCENT) < readPercent ? reads : writes;
        return templates.size() == 1 ? templates.getFirst() : templates.get(random.nextInt(templates.size()));
    }

    /** A batch may not name a key twice: a key that is taken gives way to the next free one. */
    private void distinctKeys(RequestTemplate template, int slots) {
        var taken = new long[slots];
        for (int slot = 0; slot < slots; slot++) {
            long key = keys.next(random);
            while (contains(taken, slot, key)) {
                key = (key + 1) % keysMax;
            }
            taken[slot] = key;
            template.key(slot, key);
        }
    }

    private static boolean contains(long[] taken, int count, long key) {
        return Arrays.stream(taken, 0, count).anyMatch(other -> other == key);
    }
}
