package dev.evenkeel.router;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.WriteOutcome;
import dev.evenkeel.router.transaction.TransactionAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;

/** An action of a write transaction whose table and item are known, however it was asked for. */
record RoutedAction(TableRoute route, ItemWrite write) {

    static List<TransactionAction> toActions(List<RoutedAction> actions) {
        return actions.stream().map(RoutedAction::toAction).toList();
    }

    private TransactionAction toAction() {
        var partition = route.partition(write.position());
        return new TransactionAction(partition.groupId(), partition.id(), write);
    }

    /** @throws DynamoException validation, when two are about one item */
    static void checkDistinct(List<RoutedAction> actions) {
        checkDistinctPlaces(actions.stream()
                .map(action -> place(action.route, action.write.position()))
                .toList());
    }

    static Bytes place(TableRoute route, byte[] position) {
        return Bytes.wrap(StoreKey.of(route.schema().id(), StoreKey.ITEMS, position));
    }

    static void checkDistinctPlaces(List<Bytes> places) {
        if (new HashSet<>(places).size() < places.size()) {
            throw DynamoException.validation("Transaction request cannot include multiple operations on one item");
        }
    }

    /** What it did, as far as answers tell: an item is written twice, once to prepare and once to commit. */
    WriteOutcome outcome(ActionAnswer.Accepted charge) {
        return new WriteOutcome(
                null,
                null,
                null,
                TransactionTally.ROUNDS * charge.tableUnits(),
                charge.indexUnits(),
                charge.collectionBytes());
    }

    static TransactionTally written(List<RoutedAction> actions, List<ActionAnswer.Accepted> charges) {
        var tally = new TransactionTally(CapacityTally.Direction.WRITE);
        for (int i = 0; i < actions.size(); i++) {
            var action = actions.get(i);
            tally.of(action.route).add(action.outcome(charges.get(i)), action.route.schema());
        }
        return tally;
    }

    /** API Reference: a request that comes again with its token is charged for reading the items. */
    static TransactionTally doneBefore(List<RoutedAction> actions) {
        var reads = new ArrayList<Callable<Integer>>();
        actions.forEach(action -> reads.add(action::size));
        var sizes = FanOut.all(reads);
        var tally = new TransactionTally(CapacityTally.Direction.READ);
        for (int i = 0; i < actions.size(); i++) {
            tally.of(actions.get(i).route).add(TransactionTally.ROUNDS * CapacityUnits.forRead(sizes.get(i), true));
        }
        return tally;
    }

    private int size() {
        var item = route.replica(write.position()).get(write.position(), true);
        return item == null ? 0 : item.sizeBytes();
    }
}
