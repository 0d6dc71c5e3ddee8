package dev.evenkeel.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a client is told of, with DynamoDB's own message. It carries no stack trace: it is an answer, made often
 * and on the request path.
 */
public final class DynamoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient @Nullable Item item;

    public DynamoException(ErrorCode code, String message) {
        this(code, message, null);
    }

    private DynamoException(ErrorCode code, String message, @Nullable Item item) {
        super(message, null, false, false);
        this.code = code;
        this.item = item;
    }

    public static DynamoException validation(String message) {
        return new DynamoException(ErrorCode.VALIDATION, message);
    }

    /** What an operation on an item answers when its table or index is not there or not yet there. */
    public static DynamoException resourceNotFound() {
        return new DynamoException(ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found");
    }

    /** @param existing the item as it is, for {@code ReturnValuesOnConditionCheckFailure=ALL_OLD}, or null */
    public static DynamoException conditionalCheckFailed(@Nullable Item existing) {
        return new DynamoException(ErrorCode.CONDITIONAL_CHECK_FAILED, "The conditional request failed", existing);
    }

    public ErrorCode code() {
        return code;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** The item that failed the condition, when the caller asked for it. */
    public Optional<Item> item() {
        return Optional.ofNullable(item);
    }
}
