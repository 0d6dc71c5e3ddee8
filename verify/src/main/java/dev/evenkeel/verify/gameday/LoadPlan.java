package dev.evenkeel.verify.gameday;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What clients do.
 *
 * @param workers clients, each of which waits for its answer before it asks again
 * @param callsPerSecond of all clients together, at most
 * @param tables each lies in one replication group, so several show what happens to several groups
 * @param keysPerTable few, so that clients collide
 * @param operationsPerKey after about so many a key is left alone and a new one takes its place: what is checked stays small
 */
record LoadPlan(int workers, int callsPerSecond, int tables, int keysPerTable, int operationsPerKey) {
    static LoadPlan usual(int tables) {
        return new LoadPlan(12, 300, tables, 3, 2000);
    }

    List<String> tableNames() {
        return IntStream.rangeClosed(1, tables)
                .mapToObj(number -> "Day" + number)
                .toList();
    }
}
