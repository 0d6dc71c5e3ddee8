package dev.evenkeel.verify.model;

import dev.evenkeel.server.Evenkeel;
import java.util.Map;
import java.util.Set;

/**
 * Three zones as the model has them: reads that need not be consistent may be answered by a replica that is behind, so every
 * read waits until none is.
 *
 * @param http the database's
 */
record SettledEndpoint(Evenkeel database, HttpEndpoint http) implements Endpoint {
    private static final Set<String> READS = Set.of("GetItem", "BatchGetItem", "Query", "Scan");

    @Override
    public Reply call(String operation, Map<String, Object> body) {
        if (READS.contains(operation)) {
            database.awaitIndexes();
        }
        return http.call(operation, body);
    }

    @Override
    public void close() {
        http.close();
    }
}
