package dev.evenkeel.router;

import dev.evenkeel.api.shape.BatchWriteItemInput;
import dev.evenkeel.api.shape.BatchWriteItemOutput;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.api.shape.ItemCollectionMetrics;
import dev.evenkeel.api.shape.WriteRequest;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * BatchWriteItem. The whole request is validated before anything is applied; then all writes go at the same time and are
 * independent of each other. A write refused because of load is handed back; any other failure is the request's, as in
 * DynamoDB, though other writes of it may have happened.
 */
final class BatchWriteItemHandler implements OperationHandler<BatchWriteItemInput, BatchWriteItemOutput> {
    private static final int WRITES_MAX = 25;

    private final Routes routes;

    BatchWriteItemHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public BatchWriteItemOutput handle(BatchWriteItemInput input) {
        var requests = Parameters.required(input.requestItems());
        checkCounts(requests);
        var parsed = new LinkedHashMap<String, List<BatchWrite.Parsed>>();
        requests.forEach((table, writes) ->
                parsed.put(table, writes.stream().map(BatchWrite::parse).toList()));
        var writes = new ArrayList<BatchWrite>();
        parsed.forEach((table, ofTable) -> writes.addAll(route(routes.table(table), ofTable)));

        var parts = new ArrayList<Callable<BatchWrite.Result>>(writes.size());
        writes.forEach(write -> parts.add(() -> apply(write)));
        var results = FanOut.all(parts);
        throwWhenAllRefused(results);
        return answer(results, input);
    }

    /** Once more, by itself, when its table has gone and there may be another of the same name: other writes are done. */
    private BatchWrite.Result apply(BatchWrite write) {
        try {
            return write.apply();
        } catch (DynamoException failure) {
            if (failure.code() != ErrorCode.RESOURCE_NOT_FOUND) {
                throw failure;
            }
            var route = routes.renewed(write.route()).orElseThrow(() -> failure);
            return BatchWrite.route(BatchWrite.parse(write.request()), route).apply();
        }
    }

    /** API Reference: a batch of which nothing could be written because of load fails. */
    private static void throwWhenAllRefused(List<BatchWrite.Result> results) {
        DynamoException refusal = null;
        for (var result : results) {
            if (result.refusal() == null || result.refusal().code() == ErrorCode.TRANSACTION_CONFLICT) {
                return; // conflicts are always handed back: the operation has no such error
            }
            refusal = refusal == null ? result.refusal() : refusal;
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private static void checkCounts(Map<String, List<WriteRequest>> requests) {
        int writes = 0;
        for (var ofTable : requests.values()) {
            writes += ofTable.size();
        }
        if (writes > WRITES_MAX) {
            throw DynamoException.validation("Too many items requested for the BatchWriteItem call");
        }
    }

    private static List<BatchWrite> route(TableRoute route, List<BatchWrite.Parsed> parsed) {
        var writes = new ArrayList<BatchWrite>(parsed.size());
        var keys = new LinkedHashSet<Item>();
        for (var each : parsed) {
            var write = BatchWrite.route(each, route);
            if (!keys.add(write.key())) {
                throw DynamoException.validation("Provided list of item keys contains duplicates");
            }
            writes.add(write);
        }
        return writes;
    }

    private static BatchWriteItemOutput answer(List<BatchWrite.Result> results, BatchWriteItemInput input) {
        var unprocessed = new LinkedHashMap<String, List<WriteRequest>>();
        var tallies = new LinkedHashMap<String, CapacityTally>();
        for (var result : results) {
            var route = result.write().route();
            var tally = tallies.computeIfAbsent(route.calledAs(), _ -> new CapacityTally());
            if (result.outcome() != null) {
                tally.add(result.outcome(), route.schema());
            } else {
                unprocessed
                        .computeIfAbsent(route.calledAs(), _ -> new ArrayList<>())
                        .add(result.write().request());
            }
        }
        return new BatchWriteItemOutput(
                unprocessed,
                metrics(results, input.returnItemCollectionMetrics()),
                capacities(tallies, input.returnConsumedCapacity()));
    }

    private static @Nullable List<ConsumedCapacity> capacities(
            Map<String, CapacityTally> tallies, @Nullable String mode) {
        if (!CapacityTally.isWanted(mode)) {
            return null;
        }
        var capacities = new ArrayList<ConsumedCapacity>();
        tallies.forEach((table, tally) -> capacities.add(tally.report(mode, table)));
        return capacities;
    }

    /** Each collection once, with its size after the last write to it in the request's order. */
    private static @Nullable Map<String, List<ItemCollectionMetrics>> metrics(
            List<BatchWrite.Result> results, @Nullable String mode) {
        if (!CollectionMetrics.isWanted(mode)) {
            return null;
        }
        var byTable = new LinkedHashMap<String, Map<Item, ItemCollectionMetrics>>();
        for (var result : results) {
            var write = result.write();
            var metrics = result.outcome() == null
                    ? null
                    : CollectionMetrics.of(mode, write.route(), write.key(), result.outcome());
            if (metrics != null) {
                var ofTable = byTable.computeIfAbsent(write.route().calledAs(), _ -> new LinkedHashMap<>());
                ofTable.put(
                        CollectionMetrics.collectionKey(
                                write.key(), write.route().key()),
                        metrics);
            }
        }
        var answer = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
        byTable.forEach((table, metrics) -> answer.put(table, List.copyOf(metrics.values())));
        return answer;
    }
}
