package dev.evenkeel.router;

import dev.evenkeel.api.shape.Get;
import dev.evenkeel.api.shape.ItemResponse;
import dev.evenkeel.api.shape.TransactGetItemsInput;
import dev.evenkeel.api.shape.TransactGetItemsOutput;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionGet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransactGetItems. What is wrong with a key against its table cancels it, as in {@link TransactWriteItemsHandler}. */
final class TransactGetItemsHandler implements OperationHandler<TransactGetItemsInput, TransactGetItemsOutput> {
    /** Of the items, before projection (API Reference, TransactGetItems). */
    private static final long ITEMS_BYTES_MAX = 4L << 20;

    private final Routes routes;
    private final TransactionCoordinator coordinator;

    TransactGetItemsHandler(Routes routes, TransactionCoordinator coordinator) {
        this.routes = routes;
        this.coordinator = coordinator;
    }

    private record Parsed(String table, Item key, @Nullable DocumentProjection projection) {
        static Parsed of(Get get) {
            var parameters = new ProjectionParameters(null, get.projectionExpression(), get.expressionAttributeNames());
            parameters.checkMixture();
            var key = Parameters.item(Parameters.required(get.key()));
            return new Parsed(Parameters.required(get.tableName()), key, parameters.read());
        }
    }

    private record Routed(TableRoute route, Parsed parsed, byte[] position) {
        static Routed of(TableRoute route, Parsed parsed) {
            var position = KeyValidation.positionOfKey(parsed.key, route.key());
            if (parsed.projection != null) {
                KeyPaths.check(parsed.projection.nestedNames(), route.schema());
            }
            return new Routed(route, parsed, position);
        }

        Bytes place() {
            return Bytes.wrap(StoreKey.of(route.schema().id(), StoreKey.ITEMS, position));
        }

        TransactionGet toGet() {
            var partition = route.partition(position);
            return new TransactionGet(partition.groupId(), new ItemPlace(partition.id(), position));
        }

        ItemResponse response(@Nullable Item item) {
            return new ItemResponse(item == null || parsed.projection == null ? item : parsed.projection.project(item));
        }
    }

    @Override
    public TransactGetItemsOutput handle(TransactGetItemsInput input) {
        var parsed = Parameters.required(input.transactItems()).stream()
                .map(item -> Parsed.of(Parameters.required(item.get())))
                .toList();
        var routed = route(parsed);
        checkDistinct(routed);
        var items = coordinator.read(routed.stream().map(Routed::toGet).toList());
        checkSize(items);
        var tally = new TransactionTally(CapacityTally.Direction.READ);
        var responses = new ArrayList<ItemResponse>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            int size = item == null ? 0 : item.sizeBytes();
            tally.of(routed.get(i).route).add(TransactionTally.ROUNDS * CapacityUnits.forRead(size, true));
            responses.add(routed.get(i).response(item));
        }
        return new TransactGetItemsOutput(tally.report(input.returnConsumedCapacity()), responses);
    }

    private List<Routed> route(List<Parsed> parsed) {
        var found = parsed.stream().map(get -> routes.table(get.table)).toList();
        var routed = new ArrayList<Routed>(parsed.size());
        for (int i = 0; i < parsed.size(); i++) {
            try {
                routed.add(Routed.of(found.get(i), parsed.get(i)));
            } catch (DynamoException refusal) {
                throw TransactWriteItemsHandler.cancelled(parsed.size(), i, refusal);
            }
        }
        return routed;
    }

    private static void checkDistinct(List<Routed> gets) {
        var places = new HashSet<Bytes>();
        for (var get : gets) {
            if (!places.add(get.place())) {
                throw TransactWriteItemsHandler.multipleOperations();
            }
        }
    }

    private static void checkSize(List<@Nullable Item> items) {
        long bytes = 0;
        for (var item : items) {
            bytes += item == null ? 0 : item.sizeBytes();
        }
        if (bytes > ITEMS_BYTES_MAX) {
            throw DynamoException.validation(
                    "Aggregated size of items to get cannot exceed " + ITEMS_BYTES_MAX + " bytes");
        }
    }
}
