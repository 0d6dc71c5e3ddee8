package dev.evenkeel.router;

import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.expression.ExpressionKind;
import dev.evenkeel.expression.ExpressionParameters;
import dev.evenkeel.expression.Expressions;
import dev.evenkeel.expression.Legacy;
import dev.evenkeel.expression.Placeholders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters that say which attributes a read of whole items answers: GetItem's, and each table's in BatchGetItem. */
record ProjectionParameters(
        @Nullable List<String> attributesToGet,
        @Nullable String projectionExpression,
        @Nullable Map<String, String> names) {

    private boolean isAbsent() {
        return attributesToGet == null && projectionExpression == null && names == null;
    }

    /** @throws dev.evenkeel.model.DynamoException validation, when parameters of both generations are there */
    void checkMixture() {
        if (!isAbsent()) {
            new ExpressionParameters()
                    .expression(ExpressionKind.PROJECTION, projectionExpression)
                    .legacy("AttributesToGet", attributesToGet)
                    .check(names, null);
        }
    }

    /**
     * The projection, or null for whole items.
     *
     * @throws dev.evenkeel.model.DynamoException validation
     */
    @Nullable
    DocumentProjection read() {
        if (isAbsent()) {
            return null;
        }
        if (attributesToGet != null) {
            return Legacy.attributesToGet(attributesToGet);
        }
        var placeholders = new Placeholders(names, null);
        var projection = Expressions.projection(Parameters.required(projectionExpression), placeholders);
        placeholders.checkAllUsed();
        return projection;
    }
}
