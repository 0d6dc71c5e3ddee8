package dev.evenkeel.expression;

import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which expression parameters and which of their predecessors a request has, in DynamoDB's order; checks that the two
 * kinds are not mixed and that placeholders come with something that could use them.
 *
 * <p>Tell it every parameter the operation knows, present or not. Not for more than one thread.
 */
public final class ExpressionParameters {
    private final List<String> present = new ArrayList<>();
    private final List<String> takingValues = new ArrayList<>();
    private final List<String> legacy = new ArrayList<>();
    private boolean anyTakingValues;

    public ExpressionParameters expression(ExpressionKind kind, @Nullable Object value) {
        if (value != null) {
            present.add(kind.parameterName());
        }
        if (kind != ExpressionKind.PROJECTION) {
            takingValues.add(kind.parameterName());
            anyTakingValues |= value != null;
        }
        return this;
    }

    /** @param name of a parameter from before expressions, as {@code AttributesToGet} */
    public ExpressionParameters legacy(String name, @Nullable Object value) {
        if (value != null) {
            legacy.add(name);
        }
        return this;
    }

    /**
     * @param names {@code ExpressionAttributeNames}
     * @param values {@code ExpressionAttributeValues}
     * @throws DynamoException validation
     */
    public void check(@Nullable Object names, @Nullable Object values) {
        // KeyConditions may stand beside a FilterExpression, as long as there is no KeyConditionExpression.
        if (!present.contains(ExpressionKind.KEY_CONDITION.parameterName())) {
            legacy.remove("KeyConditions");
        }
        if (!present.isEmpty() && !legacy.isEmpty()) {
            throw DynamoException.validation(
                    "Can not use both expression and non-expression parameters in the same request: "
                            + "Non-expression parameters: {" + String.join(", ", legacy) + "} Expression parameters: {"
                            + String.join(", ", present) + "}");
        }
        if (names != null && present.isEmpty()) {
            throw DynamoException.validation("ExpressionAttributeNames can only be specified when using expressions");
        }
        if (values != null && !takingValues.isEmpty() && !anyTakingValues) {
            throw DynamoException.validation("ExpressionAttributeValues can only be specified when using expressions: "
                    + String.join(" and ", takingValues) + (takingValues.size() > 1 ? " are" : " is")
                    + " null");
        }
    }
}
