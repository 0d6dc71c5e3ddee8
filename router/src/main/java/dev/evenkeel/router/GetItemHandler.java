package dev.evenkeel.router;

import dev.evenkeel.api.shape.GetItemInput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.model.CapacityUnits;

/** GetItem. */
final class GetItemHandler implements OperationHandler<GetItemInput, GetItemOutput> {
    private final Routes routes;

    GetItemHandler(Routes routes) {
        this.routes = routes;
    }

    @Override
    public GetItemOutput handle(GetItemInput input) {
        var parameters = new ProjectionParameters(
                input.attributesToGet(), input.projectionExpression(), input.expressionAttributeNames());
        parameters.checkMixture();
        var key = Parameters.item(Parameters.required(input.key()));
        var projection = parameters.read();

        var route = routes.table(Parameters.required(input.tableName()));
        var position = KeyValidation.positionOfKey(key, route.key());
        if (projection != null) {
            KeyPaths.check(projection.nestedNames(), route.schema());
        }

        boolean consistent = Boolean.TRUE.equals(input.consistentRead());
        var item = route.replica(position).get(position, consistent);
        var units = CapacityUnits.forRead(item == null ? 0 : item.sizeBytes(), consistent);
        return new GetItemOutput(
                item == null || projection == null ? item : projection.project(item),
                CapacityTally.ofRead(input.returnConsumedCapacity(), route, units));
    }
}
