package dev.evenkeel.router;

import dev.evenkeel.api.shape.KeysAndAttributes;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The keys that one BatchGetItem wants of one table. */
final class TableGets {
    private final TableRoute route;
    private final Parsed parsed;
    private final List<byte[]> positions; // of the keys, in their order
    private final @Nullable Item[] found; // each element written by one part of the fan-out, read when all have ended

    private TableGets(TableRoute route, Parsed parsed, List<byte[]> positions) {
        this.route = route;
        this.parsed = parsed;
        this.positions = positions;
        this.found = new Item[positions.size()];
    }

    /** What the request says of one table, valid by itself. */
    record Parsed(
            String table,
            KeysAndAttributes request,
            List<Item> keys,
            @Nullable DocumentProjection projection) {
        boolean consistent() {
            return Boolean.TRUE.equals(request.consistentRead());
        }
    }

    /**
     * What goes into the answer.
     *
     * @param bytes of the items, before projection
     * @param units of the keys that were processed
     * @param rest the request for the keys that were not, or null when there are none
     */
    record Answer(
            List<Item> items,
            long bytes,
            double units,
            @Nullable KeysAndAttributes rest) {}

    /** @throws DynamoException validation */
    static Parsed parse(String table, KeysAndAttributes request) {
        var parameters = new ProjectionParameters(
                request.attributesToGet(), request.projectionExpression(), request.expressionAttributeNames());
        parameters.checkMixture();
        var projection = parameters.read();
        var wireKeys = Parameters.required(request.keys());
        var keys = new ArrayList<Item>(wireKeys.size());
        var distinct = HashSet.<Item>newHashSet(wireKeys.size());
        for (var wireKey : wireKeys) {
            var key = Parameters.item(wireKey);
            if (!distinct.add(key)) {
                throw DynamoException.validation("Provided list of item keys contains duplicates");
            }
            keys.add(key);
        }
        return new Parsed(table, request, keys, projection);
    }

    /** @throws DynamoException when the table is not there, or does not have such keys */
    static TableGets route(Parsed parsed, Routes routes) {
        var route = routes.table(parsed.table());
        var positions = new ArrayList<byte[]>(parsed.keys().size());
        for (var key : parsed.keys()) {
            positions.add(KeyValidation.positionOfKey(key, route.key()));
        }
        if (parsed.projection() != null) {
            KeyPaths.check(parsed.projection().nestedNames(), route.schema());
        }
        return new TableGets(route, parsed, positions);
    }

    /** Reads everything: one part for each partition. */
    static void readAll(List<TableGets> tables) {
        var parts = new ArrayList<Callable<Boolean>>();
        tables.forEach(table -> table.byPartition()
                .forEach((partition, indexes) -> parts.add(() -> {
                    table.read(partition, indexes);
                    return true;
                })));
        FanOut.all(parts);
    }

    private Map<PartitionDescriptor, List<Integer>> byPartition() {
        var byPartition = new LinkedHashMap<PartitionDescriptor, List<Integer>>();
        for (int i = 0; i < positions.size(); i++) {
            var partition = route.image().partitionOf(route.table().id(), positions.get(i));
            byPartition.computeIfAbsent(partition, _ -> new ArrayList<>()).add(i);
        }
        return byPartition;
    }

    private void read(PartitionDescriptor partition, List<Integer> indexes) {
        var replica = route.directory().replica(partition);
        for (int i : indexes) {
            found[i] = replica.get(positions.get(i), parsed.consistent());
        }
    }

    String calledAs() {
        return route.calledAs();
    }

    /** As much as fits into {@code room} bytes, in the order of the keys. */
    Answer answer(long room) {
        var items = new ArrayList<Item>(found.length);
        long bytes = 0;
        double units = 0;
        for (int i = 0; i < found.length; i++) {
            var item = found[i];
            int size = item == null ? 0 : item.sizeBytes();
            if (room == 0 || bytes + size > room) {
                return new Answer(items, bytes, units, rest(i));
            }
            bytes += size;
            units += CapacityUnits.forRead(size, parsed.consistent());
            if (item != null) {
                items.add(
                        parsed.projection() == null ? item : parsed.projection().project(item));
            }
        }
        return new Answer(items, bytes, units, null);
    }

    /** The request again, with the keys from there on. */
    private KeysAndAttributes rest(int from) {
        var request = parsed.request();
        List<WireItem> keys = Parameters.required(request.keys());
        return new KeysAndAttributes(
                List.copyOf(keys.subList(from, keys.size())),
                request.attributesToGet(),
                request.consistentRead(),
                request.projectionExpression(),
                request.expressionAttributeNames());
    }
}
