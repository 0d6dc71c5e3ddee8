package dev.evenkeel.verify.model;

import dev.evenkeel.verify.model.Units.CapacityMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A request whose answer the model can foretell whole. Reads of many items are {@link RangeRead}s. */
sealed interface Request {
    record Put(
            String table,
            Map<String, Value> item,
            Optional<Clause> condition,
            String returnValues,
            boolean returnOnFailure,
            boolean metrics,
            CapacityMode capacity)
            implements Request {}

    record Update(
            String table,
            Map<String, Value> key,
            List<UpdateAction> actions,
            Optional<Clause> condition,
            String returnValues,
            boolean returnOnFailure,
            boolean metrics,
            CapacityMode capacity)
            implements Request {}

    record Delete(
            String table,
            Map<String, Value> key,
            Optional<Clause> condition,
            String returnValues,
            boolean returnOnFailure,
            boolean metrics,
            CapacityMode capacity)
            implements Request {}

    record Get(
            String table,
            Map<String, Value> key,
            List<DocumentPath> projection,
            boolean consistent,
            CapacityMode capacity)
            implements Request {}

    record BatchGet(Map<String, TableKeys> tables, CapacityMode capacity) implements Request {}

    record TableKeys(List<Map<String, Value>> keys, List<DocumentPath> projection, boolean consistent) {}

    record BatchWrite(Map<String, List<BatchedWrite>> tables, CapacityMode capacity) implements Request {}

    /** @param put the item, or nothing to delete what is under the key */
    record BatchedWrite(Map<String, Value> key, Optional<Map<String, Value>> put) {}

    default String operation() {
        return switch (this) {
            case Put _ -> "PutItem";
            case Update _ -> "UpdateItem";
            case Delete _ -> "DeleteItem";
            case Get _ -> "GetItem";
            case BatchGet _ -> "BatchGetItem";
            case BatchWrite _ -> "BatchWriteItem";
        };
    }

    /** The request as JSON. @param random decides only how it is spelled */
    default Map<String, Object> body(RandomGenerator random) {
        var body = new LinkedHashMap<String, Object>();
        var placeholders = new Placeholders(random);
        switch (this) {
            case Put put -> {
                body.put("TableName", put.table);
                body.put("Item", WireValues.ofItem(put.item));
                writeOptions(body, put.condition, put.returnValues, put.returnOnFailure, put.metrics, placeholders);
                capacity(body, put.capacity);
            }
            case Update update -> {
                body.put("TableName", update.table);
                body.put("Key", WireValues.ofItem(update.key));
                body.put("UpdateExpression", UpdateAction.text(update.actions, placeholders));
                writeOptions(
                        body,
                        update.condition,
                        update.returnValues,
                        update.returnOnFailure,
                        update.metrics,
                        placeholders);
                capacity(body, update.capacity);
            }
            case Delete delete -> {
                body.put("TableName", delete.table);
                body.put("Key", WireValues.ofItem(delete.key));
                writeOptions(
                        body,
                        delete.condition,
                        delete.returnValues,
                        delete.returnOnFailure,
                        delete.metrics,
                        placeholders);
                capacity(body, delete.capacity);
            }
            case Get get -> {
                body.put("TableName", get.table);
                body.put("Key", WireValues.ofItem(get.key));
                body.put("ConsistentRead", get.consistent);
                projection(body, get.projection, placeholders);
                capacity(body, get.capacity);
            }
            case BatchGet batch -> {
                var tables = new LinkedHashMap<String, Object>();
                batch.tables.forEach((name, keys) -> tables.put(name, keysTree(keys, random)));
                body.put("RequestItems", tables);
                capacity(body, batch.capacity);
            }
            case BatchWrite batch -> {
                var tables = new LinkedHashMap<String, Object>();
                batch.tables.forEach((name, writes) ->
                        tables.put(name, writes.stream().map(Request::writeTree).toList()));
                body.put("RequestItems", tables);
                capacity(body, batch.capacity);
            }
        }
        placeholders.addTo(body);
        return body;
    }

    private static void writeOptions(
            Map<String, Object> body,
            Optional<Clause> condition,
            String returnValues,
            boolean returnOnFailure,
            boolean metrics,
            Placeholders placeholders) {
        condition.ifPresent(clause -> body.put("ConditionExpression", clause.text(placeholders)));
        body.put("ReturnValues", returnValues);
        if (returnOnFailure) {
            body.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        }
        if (metrics) {
            body.put("ReturnItemCollectionMetrics", "SIZE");
        }
    }

    private static void capacity(Map<String, Object> body, CapacityMode mode) {
        if (mode != CapacityMode.NONE) {
            body.put("ReturnConsumedCapacity", mode.name());
        }
    }

    static void projection(Map<String, Object> body, List<DocumentPath> paths, Placeholders placeholders) {
        if (!paths.isEmpty()) {
            body.put(
                    "ProjectionExpression",
                    String.join(
                            ", ",
                            paths.stream().map(path -> path.text(placeholders)).toList()));
        }
    }

    private static Object keysTree(TableKeys keys, RandomGenerator random) {
        var tree = new LinkedHashMap<String, Object>();
        var placeholders = new Placeholders(random);
        var list = new ArrayList<Object>();
        keys.keys.forEach(key -> list.add(WireValues.ofItem(key)));
        tree.put("Keys", list);
        tree.put("ConsistentRead", keys.consistent);
        projection(tree, keys.projection, placeholders);
        placeholders.addTo(tree);
        return tree;
    }

    private static Object writeTree(BatchedWrite write) {
        return write.put
                .<Object>map(item -> Map.of("PutRequest", Map.of("Item", WireValues.ofItem(item))))
                .orElseGet(() -> Map.of("DeleteRequest", Map.of("Key", WireValues.ofItem(write.key))));
    }
}
