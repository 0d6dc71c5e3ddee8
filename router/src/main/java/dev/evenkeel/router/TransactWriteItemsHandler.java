package dev.evenkeel.router;

import dev.evenkeel.api.shape.ItemCollectionMetrics;
import dev.evenkeel.api.shape.TransactWriteItemsInput;
import dev.evenkeel.api.shape.TransactWriteItemsOutput;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.CancellationReason;
import dev.evenkeel.model.CapacityUnits;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.WriteOutcome;
import dev.evenkeel.router.transaction.RequestToken;
import dev.evenkeel.router.transaction.TransactionAction;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * TransactWriteItems. What is wrong with the request by itself, or with an expression, is a ValidationException; what is wrong with
 * a key or a value against its table cancels the transaction before anything is looked at, with the first such action's
 * reason alone.
 */
final class TransactWriteItemsHandler implements OperationHandler<TransactWriteItemsInput, TransactWriteItemsOutput> {
    /** What the request brings: items to put, keys, and the values of expressions (API Reference, TransactWriteItems). */
    private static final long PAYLOAD_BYTES_MAX = 4L << 20;

    private final Routes routes;
    private final TransactionCoordinator coordinator;

    TransactWriteItemsHandler(Routes routes, TransactionCoordinator coordinator) {
        this.routes = routes;
        this.coordinator = coordinator;
    }

    /** An action whose item and table are known. */
    private record Routed(TableRoute route, ParsedAction parsed, ItemWrite write) {
        Bytes place() {
            return Bytes.wrap(StoreKey.of(route.schema().id(), StoreKey.ITEMS, write.position()));
        }

        TransactionAction toAction() {
            var partition = route.partition(write.position());
            return new TransactionAction(partition.groupId(), partition.id(), write);
        }
    }

    @Override
    public TransactWriteItemsOutput handle(TransactWriteItemsInput input) {
        var parameters = Parameters.required(input.transactItems()).stream()
                .map(ActionParameters::of)
                .toList();
        var parsed = parameters.stream().map(ParsedAction::of).toList();
        checkPayload(parsed);
        var routed = route(parsed);
        checkDistinct(routed);
        var token = input.clientRequestToken();
        var result = coordinator.write(
                routed.stream().map(Routed::toAction).toList(),
                token == null ? null : new RequestToken(token, RequestDigest.of(parsed)));
        return switch (result) {
            case TransactionResult.Committed(var charges) -> committed(input, routed, charges);
            case TransactionResult.DoneBefore() -> doneBefore(input, routed);
        };
    }

    private static void checkPayload(List<ParsedAction> actions) {
        long bytes = 0;
        for (var action : actions) {
            bytes += action.subject().sizeBytes();
            var values = action.parameters().values();
            if (values != null) {
                for (var value : values.values()) {
                    bytes += value.value().sizeBytes();
                }
            }
        }
        if (bytes > PAYLOAD_BYTES_MAX) {
            throw DynamoException.validation("Transaction payload size cannot exceed " + PAYLOAD_BYTES_MAX + " bytes");
        }
    }

    private List<Routed> route(List<ParsedAction> actions) {
        var byName = new LinkedHashMap<String, TableRoute>();
        for (var action : actions) {
            byName.computeIfAbsent(action.parameters().tableName(), routes::table);
        }
        var routed = new ArrayList<Routed>(actions.size());
        for (var action : actions) {
            var route = Parameters.required(byName.get(action.parameters().tableName()));
            try {
                routed.add(new Routed(route, action, action.against(route)));
            } catch (DynamoException refusal) {
                throw cancelled(actions.size(), routed.size(), refusal);
            }
        }
        return routed;
    }

    /** Because of one action alone: the others are not looked at. */
    static DynamoException cancelled(int actions, int offender, DynamoException refusal) {
        var reasons = new ArrayList<>(Collections.nCopies(actions, CancellationReason.NONE));
        reasons.set(offender, CancellationReason.of(refusal));
        return DynamoException.transactionCanceled(reasons);
    }

    private static void checkDistinct(List<Routed> actions) {
        var places = new HashSet<Bytes>();
        for (var action : actions) {
            if (!places.add(action.place())) {
                throw multipleOperations();
            }
        }
    }

    static DynamoException multipleOperations() {
        return DynamoException.validation("Transaction request cannot include multiple operations on one item");
    }

    private static TransactWriteItemsOutput committed(
            TransactWriteItemsInput input, List<Routed> actions, List<ActionAnswer.Accepted> charges) {
        var tally = new TransactionTally(CapacityTally.Direction.WRITE);
        var metrics = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
        for (int i = 0; i < actions.size(); i++) {
            var route = actions.get(i).route;
            var charge = charges.get(i);
            var outcome = new WriteOutcome(
                    null,
                    null,
                    null,
                    TransactionTally.ROUNDS * charge.tableUnits(),
                    charge.indexUnits(),
                    charge.collectionBytes());
            tally.of(route).add(outcome, route.schema());
            var ofItem = CollectionMetrics.of(
                    input.returnItemCollectionMetrics(),
                    route,
                    actions.get(i).parsed.subject(),
                    outcome);
            if (ofItem != null) {
                metrics.computeIfAbsent(route.calledAs(), _ -> new ArrayList<>())
                        .add(ofItem);
            }
        }
        return new TransactWriteItemsOutput(
                tally.report(input.returnConsumedCapacity()), metrics.isEmpty() ? null : metrics);
    }

    /** API Reference: a request that is repeated is charged for reading the items. */
    private static TransactWriteItemsOutput doneBefore(TransactWriteItemsInput input, List<Routed> actions) {
        if (!CapacityTally.isWanted(input.returnConsumedCapacity())) {
            return new TransactWriteItemsOutput(null, null);
        }
        var reads = new ArrayList<Callable<Integer>>();
        for (var action : actions) {
            reads.add(() -> size(action));
        }
        var sizes = FanOut.all(reads);
        var tally = new TransactionTally(CapacityTally.Direction.READ);
        for (int i = 0; i < actions.size(); i++) {
            tally.of(actions.get(i).route).add(TransactionTally.ROUNDS * CapacityUnits.forRead(sizes.get(i), true));
        }
        return new TransactWriteItemsOutput(tally.report(input.returnConsumedCapacity()), null);
    }

    private static int size(Routed action) {
        var position = action.write.position();
        var item = action.route.replica(position).get(position, true);
        return item == null ? 0 : item.sizeBytes();
    }
}
