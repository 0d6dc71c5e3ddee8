package dev.evenkeel.expression;

import dev.evenkeel.model.DynamoException;

/** Something is wrong with an expression; which parameter holds it is added by who knows. No stack trace: an answer. */
final class InvalidExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidExpressionException(String message) {
        super(message, null, false, false);
    }

    DynamoException in(ExpressionKind kind) {
        return DynamoException.validation("Invalid " + kind.parameterName() + ": " + getMessage());
    }
}
