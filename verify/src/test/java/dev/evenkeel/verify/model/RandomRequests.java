package dev.evenkeel.verify.model;

import dev.evenkeel.verify.model.Units.CapacityMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Random requests on the tables of a model. What they find there steers them only so far that reads often hit. */
final class RandomRequests {
    private static final List<String> OLD = List.of("NONE", "ALL_OLD");
    private static final List<String> ALL = List.of("NONE", "ALL_OLD", "ALL_NEW");
    private static final List<String> UPDATED = List.of("NONE", "ALL_OLD", "ALL_NEW", "UPDATED_OLD", "UPDATED_NEW");

    /** Of each of four tables; a BatchWriteItem takes 25 altogether. */
    private static final int BATCH_MAX = 6;

    private final ModelDatabase model;
    private final RandomValues values;
    private final RandomClauses clauses;
    private final RandomUpdates updates;

    RandomRequests(ModelDatabase model, RandomValues values) {
        this.model = model;
        this.values = values;
        this.clauses = new RandomClauses(values);
        this.updates = new RandomUpdates(values);
    }

    Request request() {
        var shape = values.one(model.shapes());
        return switch (values.one(
                List.of("put", "put", "put", "update", "update", "update", "delete", "get", "many", "write"))) {
            case "put" -> put(shape);
            case "update" -> update(shape);
            case "delete" -> delete(shape);
            case "get" -> new Request.Get(shape.name(), key(shape), projection(), values.percent(50), mode());
            case "many" -> batchGet();
            default -> batchWrite();
        };
    }

    private CapacityMode mode() {
        return values.one(List.of(CapacityMode.INDEXES, CapacityMode.INDEXES, CapacityMode.TOTAL, CapacityMode.NONE));
    }

    private Map<String, Value> key(TableShape shape) {
        var key = new TreeMap<String, Value>();
        var hash = shape.hash();
        key.put(hash.name(), shape.range().isPresent() ? values.hashKey(hash.type()) : values.key(hash.type()));
        shape.range().ifPresent(part -> key.put(part.name(), values.key(part.type())));
        return key;
    }

    private Map<String, Value> item(TableShape shape) {
        var item = key(shape);
        for (var name : RandomValues.ATTRIBUTES.keySet()) {
            boolean indexed = shape.indexedType(name).isPresent();
            if (values.percent(indexed ? 75 : name.equals("data") ? values.dataPercent() : 40)) {
                item.put(name, values.attribute(name));
            }
        }
        return values.percent(60) ? cutToTheEdgeOfAUnit(item) : item;
    }

    /** A byte miscounted anywhere in the item then shows in what writing it costs. */
    private Map<String, Value> cutToTheEdgeOfAUnit(Map<String, Value> item) {
        if (!(item.get("data") instanceof Value.S data) || data.text().length() < Units.WRITE_BYTES) {
            return item;
        }
        int over = Value.itemSize(item) % Units.WRITE_BYTES;
        int cut = values.percent(50) ? over : over - 1;
        item.put("data", new Value.S(data.text().substring(0, data.text().length() - Math.max(0, cut))));
        return item;
    }

    private Optional<Clause> condition(TableShape shape, Map<String, Value> key) {
        if (values.percent(50)) {
            return Optional.empty();
        }
        var roots = new ArrayList<>(RandomValues.ATTRIBUTES.keySet());
        roots.addAll(shape.keyNames());
        return Optional.of(
                clauses.clause(roots, model.table(shape.name()).get(key).orElse(Map.of()), 2));
    }

    private List<DocumentPath> projection() {
        return values.percent(50) ? List.of() : clauses.projection(List.copyOf(RandomValues.ATTRIBUTES.keySet()));
    }

    private Request put(TableShape shape) {
        var item = item(shape);
        return new Request.Put(
                shape.name(),
                item,
                condition(shape, item),
                values.one(OLD),
                values.percent(50),
                values.percent(30),
                mode());
    }

    /** Whether a delete of nothing has collection metrics is not documented, so it does not ask for them. */
    private Request delete(TableShape shape) {
        var key = key(shape);
        boolean metrics = model.table(shape.name()).get(key).isPresent() && values.percent(30);
        return new Request.Delete(
                shape.name(), key, condition(shape, key), values.one(OLD), values.percent(50), metrics, mode());
    }

    private Request update(TableShape shape) {
        var key = key(shape);
        var actions = updates.actions(model.table(shape.name()).get(key));
        boolean throughList =
                actions.stream().anyMatch(action -> action.target().goesThroughAList());
        return new Request.Update(
                shape.name(),
                key,
                actions,
                setsIndexKeyWrongly(shape, actions) ? Optional.empty() : condition(shape, key),
                values.one(throughList ? ALL : UPDATED),
                values.percent(50),
                values.percent(30),
                mode());
    }

    /** Whether such an update or its condition is refused first is not documented, so it comes without one. */
    private static boolean setsIndexKeyWrongly(TableShape shape, List<UpdateAction> actions) {
        try {
            for (var action : actions) {
                var literal = switch (action) {
                    case UpdateAction.SetTo(var _, UpdateAction.From(Operand.Literal(var value))) -> Optional.of(value);
                    case UpdateAction.SetTo(var _, UpdateAction.IfMissing(var _, var value)) -> Optional.of(value);
                    case UpdateAction.Add add -> Optional.of(add.value());
                    default -> Optional.<Value>empty();
                };
                literal.ifPresent(
                        value -> shape.checkIndexKeys(Map.of(action.target().root(), value)));
            }
            return false;
        } catch (ModelException e) {
            return true;
        }
    }

    private Request batchGet() {
        var tables = new LinkedHashMap<String, Request.TableKeys>();
        for (var shape : someShapes()) {
            var keys = distinctKeys(shape);
            tables.put(shape.name(), new Request.TableKeys(keys, projection(), values.percent(50)));
        }
        return new Request.BatchGet(tables, mode());
    }

    private Request batchWrite() {
        var tables = new LinkedHashMap<String, List<Request.BatchedWrite>>();
        for (var shape : someShapes()) {
            var writes = new ArrayList<Request.BatchedWrite>();
            for (var key : distinctKeys(shape)) {
                var item = new TreeMap<>(item(shape));
                item.putAll(key);
                writes.add(new Request.BatchedWrite(key, values.percent(70) ? Optional.of(item) : Optional.empty()));
            }
            tables.put(shape.name(), writes);
        }
        return new Request.BatchWrite(tables, mode());
    }

    private List<TableShape> someShapes() {
        var some = new ArrayList<>(model.shapes());
        some.removeIf(_ -> values.percent(60));
        return some.isEmpty() ? List.of(values.one(model.shapes())) : some;
    }

    private List<Map<String, Value>> distinctKeys(TableShape shape) {
        var keys = new ArrayList<Map<String, Value>>();
        for (int i = values.one(List.of(1, 3, BATCH_MAX)); i > 0; i--) {
            var key = key(shape);
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        return keys;
    }
}
