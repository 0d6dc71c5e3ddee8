package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;

/** What a client is told when the log did not take a write. */
final class WriteFailure {
    private WriteFailure() {}

    /**
     * A write that is surely not in the log is a 503: sending it again is safe. One whose outcome nobody can tell is a
     * 500, as DynamoDB's own: it may show later.
     */
    static DynamoException of(ReplicationException failed) {
        if (failed instanceof OutcomeUnknownException) {
            return outcomeUnknown();
        }
        return new DynamoException(ErrorCode.SERVICE_UNAVAILABLE, "The write was not stored: " + failed.getMessage());
    }

    static DynamoException outcomeUnknown() {
        return new DynamoException(
                ErrorCode.INTERNAL_SERVER_ERROR, "Internal server error: the outcome of the write is unknown");
    }
}
