package dev.evenkeel.verify.bench;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The requests that one connection sends in one round. For one thread. */
final class RequestStream {
    private static final int PERCENT = 100;

    private final @Nullable RequestTemplate read;
    private final @Nullable RequestTemplate write;
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
        this.read = readPercent == 0 ? null : read(workload, requests, tables);
        this.write = readPercent == PERCENT ? null : write(workload, requests, tables);
        this.keys = keys;
        this.keysMax = keysMax;
        this.random = random;
    }

    private static RequestTemplate read(Workload workload, Requests requests, Tables tables) {
        return switch (workload) {
            case QUERY -> requests.query(tables.collections(), tables.consistentReads());
            case BATCH_GET -> requests.batchGet(tables.items(), tables.consistentReads());
            case TRANSACT_GET -> requests.transactGet(tables.items());
            case GET, YCSB_A, YCSB_B, PUT, BATCH_WRITE, TRANSACT_WRITE ->
                requests.get(tables.items(), tables.consistentReads());
        };
    }

    private static RequestTemplate write(Workload workload, Requests requests, Tables tables) {
        return switch (workload) {
            case BATCH_WRITE -> requests.batchWrite(tables.items());
            case TRANSACT_WRITE -> requests.transactWrite(tables.items());
            case PUT, GET, QUERY, BATCH_GET, TRANSACT_GET, YCSB_A, YCSB_B -> requests.put(tables.items());
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
        if (write == null) {
            return Objects.requireNonNull(read);
        }
        if (read == null) {
            return write;
        }
        return random.nextInt(PERCENT) < readPercent ? read : write;
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
