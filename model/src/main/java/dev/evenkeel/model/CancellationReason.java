package dev.evenkeel.model;

import org.jspecify.annotations.Nullable;

/**
 * Why one action had its transaction cancelled, or that it had not (API Reference, "TransactionCanceledException").
 *
 * @param code {@code None}, {@code ConditionalCheckFailed}, {@code TransactionConflict} …
 * @param message null for {@code None}
 * @param item the item as it is, when its condition failed and the action asked for it
 */
public record CancellationReason(
        String code, @Nullable String message, @Nullable Item item) {
    public static final CancellationReason NONE = new CancellationReason("None", null, null);

    /** What the failure of one action is called among the reasons of its transaction. */
    public static CancellationReason of(DynamoException failure) {
        return new CancellationReason(
                code(failure.code()), failure.getMessage(), failure.item().orElse(null));
    }

    private static String code(ErrorCode code) {
        return switch (code) {
            case VALIDATION -> "ValidationError";
            case CONDITIONAL_CHECK_FAILED -> "ConditionalCheckFailed";
            case TRANSACTION_CONFLICT -> "TransactionConflict";
            case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> "ItemCollectionSizeLimitExceeded";
            case PROVISIONED_THROUGHPUT_EXCEEDED -> "ProvisionedThroughputExceeded";
            case THROTTLING -> "ThrottlingError";
            default -> throw new IllegalArgumentException(code + " is no reason to cancel a transaction");
        };
    }
}
