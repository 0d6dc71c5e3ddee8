package dev.evenkeel.router;

import dev.evenkeel.api.shape.ItemCollectionMetrics;
import dev.evenkeel.api.shape.TransactWriteItemsInput;
import dev.evenkeel.api.shape.TransactWriteItemsOutput;
import dev.evenkeel.model.CancellationReason;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.router.transaction.RequestToken;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    @Override
    public TransactWriteItemsOutput handle(TransactWriteItemsInput input) {
        var parameters = Parameters.required(input.transactItems()).stream()
                .map(ActionParameters::of)
                .toList();
        var parsed = parameters.stream().map(ParsedAction::of).toList();
        checkPayload(parsed);
        var actions = route(parsed);
        RoutedAction.checkDistinct(actions);
        var token = input.clientRequestToken();
        var result = coordinator.write(
                RoutedAction.toActions(actions),
                token == null ? null : new RequestToken(token, RequestDigest.of(parsed)));
        var mode = input.returnConsumedCapacity();
        return switch (result) {
            case TransactionResult.Committed(var charges) ->
                new TransactWriteItemsOutput(
                        RoutedAction.written(actions, charges).report(mode), metrics(input, parsed, actions, charges));
            case TransactionResult.DoneBefore() ->
                new TransactWriteItemsOutput(
                        CapacityTally.isWanted(mode)
                                ? RoutedAction.doneBefore(actions).report(mode)
                                : null,
                        null);
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

    private List<RoutedAction> route(List<ParsedAction> actions) {
        var byName = new LinkedHashMap<String, TableRoute>();
        for (var action : actions) {
            byName.computeIfAbsent(action.parameters().tableName(), routes::table);
        }
        var routed = new ArrayList<RoutedAction>(actions.size());
        for (var action : actions) {
            var route = Parameters.required(byName.get(action.parameters().tableName()));
            try {
                routed.add(new RoutedAction(route, action.against(route)));
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

    private static @Nullable Map<String, List<ItemCollectionMetrics>> metrics(
            TransactWriteItemsInput input,
            List<ParsedAction> parsed,
            List<RoutedAction> actions,
            List<ActionAnswer.Accepted> charges) {
        var metrics = new LinkedHashMap<String, List<ItemCollectionMetrics>>();
        for (int i = 0; i < actions.size(); i++) {
            var action = actions.get(i);
            var ofItem = CollectionMetrics.of(
                    input.returnItemCollectionMetrics(),
                    action.route(),
                    parsed.get(i).subject(),
                    action.outcome(charges.get(i)));
            if (ofItem != null) {
                metrics.computeIfAbsent(action.route().calledAs(), _ -> new ArrayList<>())
                        .add(ofItem);
            }
        }
        return metrics.isEmpty() ? null : metrics;
    }
}
