package dev.evenkeel.verify.gameday;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The keys that all clients fight over, and what they were last seen to hold. Safe for any thread. */
final class Keys {
    /** An item of a table; its name in a history is {@code table/key}. */
    record Target(String table, String key) {
        String historyKey() {
            return table + "/" + key;
        }
    }

    private static final int VALUES_REMEMBERED_MAX = 100_000;

    private final List<String> tables;
    private final int keysPerTable;
    private final int operationsPerKey;
    private final Map<String, AtomicInteger> operations = new ConcurrentHashMap<>();
    private final Map<Target, String> lastValues = new ConcurrentHashMap<>();

    Keys(LoadPlan plan) {
        tables = plan.tableNames();
        keysPerTable = plan.keysPerTable();
        operationsPerKey = plan.operationsPerKey();
    }

    Target next(SplittableRandom random) {
        var table = table(random);
        int number = random.nextInt(keysPerTable);
        int before = operations
                .computeIfAbsent(table + "/" + number, _ -> new AtomicInteger())
                .getAndIncrement();
        return new Target(table, "k" + number + "." + before / operationsPerKey);
    }

    String table(SplittableRandom random) {
        return tables.get(random.nextInt(tables.size()));
    }

    /** Empty when it held none, or nobody has looked. */
    String lastValue(Target target) {
        return lastValues.getOrDefault(target, "");
    }

    void saw(Target target, String value) {
        if (lastValues.size() < VALUES_REMEMBERED_MAX) {
            lastValues.put(target, value);
        }
    }
}
