package dev.evenkeel.model;

/**
 * Every failure a client can meet, by the name it has on the wire, and whose fault it is (API Reference, "Common Errors"
 * and the errors of each operation). A broken invariant of ours is not here: that is a crash, reported as
 * {@link #INTERNAL_SERVER_ERROR}.
 */
public enum ErrorCode {
    VALIDATION("ValidationException", Namespace.VALIDATE, Blame.CALLER),
    SERIALIZATION("SerializationException", Namespace.SERVICE, Blame.CALLER),
    UNKNOWN_OPERATION("UnknownOperationException", Namespace.SERVICE, Blame.CALLER),
    ACCESS_DENIED("AccessDeniedException", Namespace.SERVICE, Blame.CALLER),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", Namespace.SERVICE, Blame.CALLER),
    INCOMPLETE_SIGNATURE("IncompleteSignatureException", Namespace.SERVICE, Blame.CALLER),
    INVALID_SIGNATURE("InvalidSignatureException", Namespace.SERVICE, Blame.CALLER),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", Namespace.SERVICE, Blame.CALLER),
    THROTTLING("ThrottlingException", Namespace.SERVICE, Blame.LOAD),
    CONDITIONAL_CHECK_FAILED("ConditionalCheckFailedException", Namespace.DYNAMODB, Blame.CALLER),
    DUPLICATE_ITEM("DuplicateItemException", Namespace.DYNAMODB, Blame.CALLER),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", Namespace.DYNAMODB, Blame.CALLER),
    RESOURCE_IN_USE("ResourceInUseException", Namespace.DYNAMODB, Blame.CALLER),
    TABLE_NOT_FOUND("TableNotFoundException", Namespace.DYNAMODB, Blame.CALLER),
    POLICY_NOT_FOUND("PolicyNotFoundException", Namespace.DYNAMODB, Blame.CALLER),
    LIMIT_EXCEEDED("LimitExceededException", Namespace.DYNAMODB, Blame.CALLER),
    ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED("ItemCollectionSizeLimitExceededException", Namespace.DYNAMODB, Blame.CALLER),
    TRANSACTION_CANCELED("TransactionCanceledException", Namespace.DYNAMODB, Blame.CALLER),
    TRANSACTION_CONFLICT("TransactionConflictException", Namespace.DYNAMODB, Blame.CALLER),
    TRANSACTION_IN_PROGRESS("TransactionInProgressException", Namespace.DYNAMODB, Blame.CALLER),
    IDEMPOTENT_PARAMETER_MISMATCH("IdempotentParameterMismatchException", Namespace.DYNAMODB, Blame.CALLER),
    EXPIRED_ITERATOR("ExpiredIteratorException", Namespace.DYNAMODB, Blame.CALLER),
    TRIMMED_DATA_ACCESS("TrimmedDataAccessException", Namespace.DYNAMODB, Blame.CALLER),
    PROVISIONED_THROUGHPUT_EXCEEDED("ProvisionedThroughputExceededException", Namespace.DYNAMODB, Blame.LOAD),
    REQUEST_LIMIT_EXCEEDED("RequestLimitExceeded", Namespace.DYNAMODB, Blame.LOAD),
    INTERNAL_SERVER_ERROR("InternalServerError", Namespace.DYNAMODB, Blame.SERVICE),
    SERVICE_UNAVAILABLE("ServiceUnavailable", Namespace.SERVICE, Blame.SERVICE);

    /** Who has to change something before the same request can succeed. */
    public enum Blame {
        CALLER,
        LOAD,
        SERVICE
    }

    private enum Namespace {
        DYNAMODB("com.amazonaws.dynamodb.v20120810#"),
        SERVICE("com.amazon.coral.service#"),
        VALIDATE("com.amazon.coral.validate#");

        final String prefix;

        Namespace(String prefix) {
            this.prefix = prefix;
        }
    }

    private final String wireType;
    private final Blame blame;

    ErrorCode(String name, Namespace namespace, Blame blame) {
        this.wireType = namespace.prefix + name;
        this.blame = blame;
    }

    /** The value of {@code __type}, namespace included: typed clients look at it whole. */
    public String wireType() {
        return wireType;
    }

    public Blame blame() {
        return blame;
    }

    public int httpStatus() {
        if (this == SERVICE_UNAVAILABLE) {
            return 503;
        }
        return switch (blame) { // no default: a new kind of blame must stop the build here
            case CALLER, LOAD -> 400;
            case SERVICE -> 500;
        };
    }
}
