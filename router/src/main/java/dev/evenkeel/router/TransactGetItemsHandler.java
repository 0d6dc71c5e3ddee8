package dev.evenkeel.router;

import dev.evenkeel.api.shape.Get;
import dev.evenkeel.api.shape.TransactGetItemsInput;
import dev.evenkeel.api.shape.TransactGetItemsOutput;
import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.router.transaction.TransactionCoordinator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransactGetItems. What is wrong with a key against its table cancels it, as in {@link TransactWriteItemsHandler}. */
final class TransactGetItemsHandler implements OperationHandler<TransactGetItemsInput, TransactGetItemsOutput> {
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

        RoutedGet against(TableRoute route) {
            var position = KeyValidation.positionOfKey(key, route.key());
            if (projection != null) {
                KeyPaths.check(projection.nestedNames(), route.schema());
            }
            return new RoutedGet(route, position, projection);
        }
    }

    @Override
    public TransactGetItemsOutput handle(TransactGetItemsInput input) {
        var parsed = Parameters.required(input.transactItems()).stream()
                .map(item -> Parsed.of(Parameters.required(item.get())))
                .toList();
        var found = RoutedGet.read(route(parsed), coordinator);
        return new TransactGetItemsOutput(found.tally().report(input.returnConsumedCapacity()), found.responses());
    }

    private List<RoutedGet> route(List<Parsed> parsed) {
        var found = parsed.stream().map(get -> routes.table(get.table)).toList();
        var routed = new ArrayList<RoutedGet>(parsed.size());
        for (int i = 0; i < parsed.size(); i++) {
            try {
                routed.add(parsed.get(i).against(found.get(i)));
            } catch (DynamoException refusal) {
                throw TransactWriteItemsHandler.cancelled(parsed.size(), i, refusal);
            }
        }
        return routed;
    }
}
