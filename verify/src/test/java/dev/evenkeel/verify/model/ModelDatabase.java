package dev.evenkeel.verify.model;

import dev.evenkeel.verify.model.Units.CapacityMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The obvious DynamoDB: answers requests from maps, one after another. */
final class ModelDatabase {
    private final Map<String, ModelTable> tables = new LinkedHashMap<>();

    ModelDatabase(List<TableShape> shapes) {
        shapes.forEach(shape -> tables.put(shape.name(), new ModelTable(shape)));
    }

    /** The tables as they are now. */
    List<TableShape> shapes() {
        return tables.values().stream().map(ModelTable::shape).toList();
    }

    ModelTable table(String name) {
        var table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table " + name);
        }
        return table;
    }

    Answer answer(Request request) {
        try {
            return Answer.of(
                    switch (request) {
                        case Request.Put put -> put(put);
                        case Request.Update update -> update(update);
                        case Request.Delete delete -> delete(delete);
                        case Request.Get get -> get(get);
                        case Request.BatchGet batch -> batchGet(batch);
                        case Request.BatchWrite batch -> batchWrite(batch);
                    });
        } catch (ModelException e) {
            var body = new LinkedHashMap<String, Object>();
            e.item().ifPresent(item -> body.put("Item", item));
            return new Answer(e.type(), body);
        }
    }

    private Map<String, Object> put(Request.Put put) {
        var table = table(put.table());
        table.shape().checkIndexKeys(put.item());
        var before = table.get(put.item());
        check(put.condition(), before, put.returnOnFailure());
        var bill = table.change(put.item(), Optional.of(put.item()));
        var body = new LinkedHashMap<String, Object>();
        if (put.returnValues().equals("ALL_OLD")) {
            before.ifPresent(item -> body.put("Attributes", item));
        }
        finish(body, table, put.item(), bill, put.metrics(), put.capacity());
        return body;
    }

    private Map<String, Object> delete(Request.Delete delete) {
        var table = table(delete.table());
        var before = table.get(delete.key());
        check(delete.condition(), before, delete.returnOnFailure());
        var bill = table.change(delete.key(), Optional.empty());
        var body = new LinkedHashMap<String, Object>();
        if (delete.returnValues().equals("ALL_OLD")) {
            before.ifPresent(item -> body.put("Attributes", item));
        }
        finish(body, table, delete.key(), bill, delete.metrics(), delete.capacity());
        return body;
    }

    private Map<String, Object> update(Request.Update update) {
        var table = table(update.table());
        var before = table.get(update.key());
        check(update.condition(), before, update.returnOnFailure());
        var after = UpdateAction.apply(update.actions(), before.orElse(update.key()));
        table.shape().checkIndexKeys(after);
        var bill = table.change(update.key(), Optional.of(after));
        var body = new LinkedHashMap<String, Object>();
        var attributes = returned(update, before.orElse(Map.of()), after);
        if (!attributes.isEmpty()) {
            body.put("Attributes", attributes);
        }
        finish(body, table, update.key(), bill, update.metrics(), update.capacity());
        return body;
    }

    private static Map<String, Value> returned(
            Request.Update update, Map<String, Value> before, Map<String, Value> after) {
        var targets = update.actions().stream().map(UpdateAction::target).toList();
        return switch (update.returnValues()) {
            case "ALL_OLD" -> before;
            case "ALL_NEW" -> after;
            case "UPDATED_OLD" -> DocumentPath.project(before, targets);
            case "UPDATED_NEW" -> DocumentPath.project(after, targets);
            default -> Map.of();
        };
    }

    private static void check(
            Optional<Clause> condition, Optional<Map<String, Value>> before, boolean returnOnFailure) {
        if (condition.isPresent() && !condition.get().holds(before.orElse(Map.of()))) {
            throw ModelException.conditionFailed(returnOnFailure ? before : Optional.empty());
        }
    }

    private static void finish(
            Map<String, Object> body,
            ModelTable table,
            Map<String, Value> key,
            Units.Bill bill,
            boolean metrics,
            CapacityMode mode) {
        if (mode != CapacityMode.NONE) {
            body.put("ConsumedCapacity", bill.report(table.shape().name(), mode));
        }
        if (metrics && table.shape().hasLocalIndexes()) {
            var hash = table.shape().hash().name();
            body.put("ItemCollectionMetrics", Map.of(hash, TableShape.required(key, hash)));
        }
    }

    private Map<String, Object> get(Request.Get get) {
        var table = table(get.table());
        var item = table.get(get.key());
        var body = new LinkedHashMap<String, Object>();
        item.ifPresent(found -> body.put("Item", projected(found, get.projection())));
        var bill = new Units.Bill();
        bill.table(Units.read(item.map(Value::itemSize).orElse(0), get.consistent()));
        if (get.capacity() != CapacityMode.NONE) {
            body.put("ConsumedCapacity", bill.report(get.table(), get.capacity()));
        }
        return body;
    }

    static Map<String, Value> projected(Map<String, Value> item, List<DocumentPath> paths) {
        return paths.isEmpty() ? item : DocumentPath.project(item, paths);
    }

    private Map<String, Object> batchGet(Request.BatchGet batch) {
        var responses = new TreeMap<String, Object>();
        var reports = new TreeMap<String, Object>();
        batch.tables().forEach((name, keys) -> {
            var bill = new Units.Bill();
            var found = new ArrayList<Map<String, Value>>();
            for (var key : keys.keys()) {
                var item = table(name).get(key);
                bill.table(Units.read(item.map(Value::itemSize).orElse(0), keys.consistent()));
                item.ifPresent(it -> found.add(projected(it, keys.projection())));
            }
            responses.put(name, Unordered.of(found));
            reports.put(name, bill.report(name, batch.capacity()));
        });
        var body = new LinkedHashMap<String, Object>();
        body.put("Responses", responses);
        body.put("UnprocessedKeys", Map.of());
        if (batch.capacity() != CapacityMode.NONE) {
            body.put("ConsumedCapacity", reports);
        }
        return body;
    }

    private Map<String, Object> batchWrite(Request.BatchWrite batch) {
        batch.tables()
                .forEach((name, writes) -> writes.forEach(write ->
                        write.put().ifPresent(item -> table(name).shape().checkIndexKeys(item))));
        var reports = new TreeMap<String, Object>();
        batch.tables().forEach((name, writes) -> {
            var total = new Units.Bill();
            writes.forEach(write -> total.add(table(name).change(write.key(), write.put())));
            reports.put(name, total.report(name, batch.capacity()));
        });
        var body = new LinkedHashMap<String, Object>();
        body.put("UnprocessedItems", Map.of());
        if (batch.capacity() != CapacityMode.NONE) {
            body.put("ConsumedCapacity", reports);
        }
        return body;
    }
}
