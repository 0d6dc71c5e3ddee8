package dev.evenkeel.router;

import dev.evenkeel.api.shape.ExecuteTransactionInput;
import dev.evenkeel.api.shape.ExecuteTransactionOutput;
import dev.evenkeel.api.shape.ItemResponse;
import dev.evenkeel.model.CancellationReason;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.router.transaction.RequestToken;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import dev.evenkeel.router.transaction.TransactionResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ExecuteTransaction: the statements are the actions of a transaction that only reads, or only writes and checks. */
final class ExecuteTransactionHandler implements OperationHandler<ExecuteTransactionInput, ExecuteTransactionOutput> {
    private final Routes routes;
    private final TransactionCoordinator coordinator;

    ExecuteTransactionHandler(Routes routes, TransactionCoordinator coordinator) {
        this.routes = routes;
        this.coordinator = coordinator;
    }

    @Override
    public ExecuteTransactionOutput handle(ExecuteTransactionInput input) {
        var gets = new ArrayList<RoutedGet>();
        var actions = new ArrayList<RoutedAction>();
        for (var statement : TransactionStatement.of(Parameters.required(input.transactStatements()), routes)) {
            switch (statement) {
                case TransactionStatement.Read(var route, var position, var projection) ->
                    gets.add(new RoutedGet(route, position, projection));
                case TransactionStatement.Write(var route, var write) -> actions.add(new RoutedAction(route, write));
                case TransactionStatement.Check(var route, var position, var condition, var returnsItem) ->
                    actions.add(new RoutedAction(route, new ItemWrite.Check(position, condition, returnsItem)));
            }
        }
        return actions.isEmpty() ? read(input, gets) : write(input, actions);
    }

    private ExecuteTransactionOutput read(ExecuteTransactionInput input, List<RoutedGet> gets) {
        var found = RoutedGet.read(gets, coordinator);
        return new ExecuteTransactionOutput(found.responses(), found.tally().report(input.returnConsumedCapacity()));
    }

    private ExecuteTransactionOutput write(ExecuteTransactionInput input, List<RoutedAction> actions) {
        RoutedAction.checkDistinct(actions);
        var mode = input.returnConsumedCapacity();
        var tally = switch (result(input, actions)) {
            case TransactionResult.Committed(var charges) -> RoutedAction.written(actions, charges);
            case TransactionResult.DoneBefore() ->
                CapacityTally.isWanted(mode)
                        ? RoutedAction.doneBefore(actions)
                        : new TransactionTally(CapacityTally.Direction.READ);
        };
        return new ExecuteTransactionOutput(
                Collections.nCopies(actions.size(), new ItemResponse(null)), tally.report(mode));
    }

    private TransactionResult result(ExecuteTransactionInput input, List<RoutedAction> actions) {
        try {
            return coordinator.write(RoutedAction.toActions(actions), token(input));
        } catch (DynamoException failure) {
            throw failure.cancellationReasons().isEmpty()
                    ? failure
                    : DynamoException.transactionCanceled(inWordsOfStatements(actions, failure.cancellationReasons()));
        }
    }

    private static @Nullable RequestToken token(ExecuteTransactionInput input) {
        var token = input.clientRequestToken();
        return token == null
                ? null
                : new RequestToken(token, RequestDigest.ofStatements(Parameters.required(input.transactStatements())));
    }

    /** The only condition of an INSERT is that there is no such item. */
    private static List<CancellationReason> inWordsOfStatements(
            List<RoutedAction> actions, List<CancellationReason> reasons) {
        var words = new ArrayList<CancellationReason>(reasons.size());
        for (int i = 0; i < reasons.size(); i++) {
            boolean isDuplicate = actions.get(i).write() instanceof ItemWrite.Put
                    && "ConditionalCheckFailed".equals(reasons.get(i).code());
            words.add(
                    isDuplicate
                            ? new CancellationReason("DuplicateItem", "Duplicate primary key exists in table", null)
                            : reasons.get(i));
        }
        return words;
    }
}
