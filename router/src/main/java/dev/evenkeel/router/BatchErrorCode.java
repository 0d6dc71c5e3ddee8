package dev.evenkeel.router;

import dev.evenkeel.model.ErrorCode;

/** Error codes as the answers of a batch of statements spell them (API Reference, BatchStatementError). */
final class BatchErrorCode {
    private BatchErrorCode() {}

    static String of(ErrorCode code) {
        return switch (code) {
            case CONDITIONAL_CHECK_FAILED -> "ConditionalCheckFailed";
            case ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED -> "ItemCollectionSizeLimitExceeded";
            case REQUEST_LIMIT_EXCEEDED -> "RequestLimitExceeded";
            case PROVISIONED_THROUGHPUT_EXCEEDED -> "ProvisionedThroughputExceeded";
            case THROTTLING -> "ThrottlingError";
            case INTERNAL_SERVER_ERROR, SERVICE_UNAVAILABLE -> "InternalServerError";
            case RESOURCE_NOT_FOUND -> "ResourceNotFound";
            case ACCESS_DENIED -> "AccessDenied";
            case TRANSACTION_CONFLICT -> "TransactionConflict";
            case DUPLICATE_ITEM -> "DuplicateItem";
            default -> "ValidationError";
        };
    }
}
