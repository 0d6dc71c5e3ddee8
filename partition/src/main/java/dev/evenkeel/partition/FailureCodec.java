package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;

/**
 * The binary form of a failure that a client is told of.
 *
 * <pre>
 * failure = wireType message hasItem:u8 [item]
 * </pre>
 */
final class FailureCodec {
    private FailureCodec() {}

    static void write(ByteWriter out, DynamoException failure) {
        out.string(failure.code().wireType()).string(failure.getMessage());
        out.bool(failure.item().isPresent());
        failure.item().ifPresent(out::item);
    }

    static DynamoException read(ByteReader in) {
        var code = code(in.string());
        var message = in.string();
        return in.bool() // only a failed condition has one, and it has but one message
                ? DynamoException.conditionalCheckFailed(in.item())
                : new DynamoException(code, message);
    }

    private static ErrorCode code(String wireType) {
        for (var code : ErrorCode.values()) {
            if (code.wireType().equals(wireType)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL_SERVER_ERROR; // of a newer release
    }
}
