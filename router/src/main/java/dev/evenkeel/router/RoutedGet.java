package dev.evenkeel.router;

import dev.evenkeel.api.shape.ItemResponse;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionGet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item that a read transaction wants, whose table and place are known, however it was asked for. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record RoutedGet(
        TableRoute route, byte[] position, @Nullable DocumentProjection projection) {
    /** Of the items, before projection (API Reference, TransactGetItems). */
    private static final long ITEMS_BYTES_MAX = 4L << 20;

    /** What was found, in the order of the gets. */
    record Found(List<ItemResponse> responses, TransactionTally tally) {}

    /** @throws DynamoException when two are one item, or the transaction is cancelled */
    static Found read(List<RoutedGet> gets, TransactionCoordinator coordinator) {
        RoutedAction.checkDistinctPlaces(gets.stream()
                .map(get -> RoutedAction.place(get.route, get.position))
                .toList());
        var items = coordinator.read(gets.stream().map(RoutedGet::toGet).toList());
        checkSize(items);
        var tally = new TransactionTally(CapacityTally.Direction.READ);
        var responses = new ArrayList<ItemResponse>(items.size());
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            int size = item == null ? 0 : item.sizeBytes();
            tally.of(gets.get(i).route).add(TransactionTally.ROUNDS * CapacityUnits.forRead(size, true));
            responses.add(gets.get(i).response(item));
        }
        return new Found(responses, tally);
    }

    private TransactionGet toGet() {
        var partition = route.partition(position);
        return new TransactionGet(partition.groupId(), new ItemPlace(partition.id(), position));
    }

    private ItemResponse response(@Nullable Item item) {
        return new ItemResponse(item == null || projection == null ? item : projection.project(item));
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
