package dev.evenkeel.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a client is told of, with DynamoDB's own message. It carries no stack trace: it is an answer, made often
 * and on the request path.
 */
public final class DynamoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final transient @Nullable Item item;
    private final transient List<CancellationReason> cancellationReasons;

    public DynamoException(ErrorCode code, String message) {
        this(code, message, null, List.of());
    }

    private DynamoException(
            ErrorCode code, String message, @Nullable Item item, List<CancellationReason> cancellationReasons) {
        super(message, null, false, false);
        this.code = code;
        this.item = item;
        this.cancellationReasons = List.copyOf(cancellationReasons);
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
        return new DynamoException(
                ErrorCode.CONDITIONAL_CHECK_FAILED, "The conditional request failed", existing, List.of());
    }

    /** What a write of a single item is told while a transaction is under way that writes or checks the item. */
    public static DynamoException transactionConflict() {
        return new DynamoException(ErrorCode.TRANSACTION_CONFLICT, "Transaction is ongoing for the item");
    }

    /** @param reasons one for each action of the transaction, in their order */
    public static DynamoException transactionCanceled(List<CancellationReason> reasons) {
        var codes = reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", "));
        return new DynamoException(
                ErrorCode.TRANSACTION_CANCELED,
                "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]",
                null,
                reasons);
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

    /** Of a cancelled transaction, one for each of its actions; else empty. */
    public List<CancellationReason> cancellationReasons() {
        return cancellationReasons;
    }
}
