package dev.evenkeel.router;

import dev.evenkeel.api.shape.BatchGetItemInput;
import dev.evenkeel.api.shape.BatchGetItemOutput;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.api.shape.KeysAndAttributes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * BatchGetItem. All tables and keys are validated before anything is read; then every partition is read at the same time,
 * and the answer is filled in the order of the request until it has {@value #ANSWER_BYTES_MAX} bytes. Keys that found no
 * room are handed back and not charged.
 */
final class BatchGetItemHandler implements OperationHandler<BatchGetItemInput, BatchGetItemOutput> {
    private static final int KEYS_MAX = 100;
    private static final long ANSWER_BYTES_MAX = 16L << 20;

    private final Routes routes;

    BatchGetItemHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public BatchGetItemOutput handle(BatchGetItemInput input) {
        var requests = Parameters.required(input.requestItems());
        checkCounts(requests);
        checkMixture(requests);
        var parsed = new ArrayList<TableGets.Parsed>(requests.size());
        requests.forEach((table, request) -> parsed.add(TableGets.parse(table, request)));
        var tables = new ArrayList<TableGets>(parsed.size());
        parsed.forEach(table -> tables.add(TableGets.route(table, routes)));
        TableGets.readAll(tables);
        return answer(tables, input.returnConsumedCapacity());
    }

    private static void checkCounts(Map<String, KeysAndAttributes> requests) {
        int keys = 0;
        for (var request : requests.values()) {
            keys += Parameters.required(request.keys()).size();
        }
        if (keys > KEYS_MAX) {
            throw DynamoException.validation("Too many items requested for the BatchGetItem call");
        }
    }

    /** One table with AttributesToGet and another with a ProjectionExpression are a mixture too. */
    private static void checkMixture(Map<String, KeysAndAttributes> requests) {
        List<String> anyAttributes = null;
        String anyExpression = null;
        for (var request : requests.values()) {
            anyAttributes = request.attributesToGet() == null ? anyAttributes : request.attributesToGet();
            anyExpression = request.projectionExpression() == null ? anyExpression : request.projectionExpression();
        }
        new ProjectionParameters(anyAttributes, anyExpression, null).checkMixture();
    }

    private static BatchGetItemOutput answer(List<TableGets> tables, @Nullable String capacityMode) {
        var responses = new LinkedHashMap<String, List<Item>>();
        var unprocessed = new LinkedHashMap<String, KeysAndAttributes>();
        var capacities = CapacityTally.isWanted(capacityMode) ? new ArrayList<ConsumedCapacity>() : null;
        long room = ANSWER_BYTES_MAX;
        for (var table : tables) {
            var answer = table.answer(room);
            room -= answer.bytes();
            responses.put(table.calledAs(), answer.items());
            if (answer.rest() != null) {
                unprocessed.put(table.calledAs(), answer.rest());
                room = 0; // what follows must not overtake what is handed back
            }
            if (capacities != null) {
                capacities.add(new CapacityTally().add(answer.units()).report(capacityMode, table.calledAs()));
            }
        }
        return new BatchGetItemOutput(responses, unprocessed, capacities);
    }
}
