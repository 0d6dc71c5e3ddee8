package dev.evenkeel.api;

import dev.evenkeel.model.CancellationReason;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A failure as the client gets it: {@code {"__type":"com.amazonaws.dynamodb.v20120810#…","message":"…"}}, with what the
 * error carries besides. Some errors call their text {@code Message}; an error without a text has none.
 */
public final class ErrorEnvelope {
    private ErrorEnvelope() {}

    /**
     * Writes the body of the answer.
     *
     * @throws UncheckedIOException when the stream fails
     */
    public static void write(DynamoException failure, OutputStream to) {
        try (var out = new JsonOut(to)) {
            out.beginObject();
            out.member("__type", failure.code().wireType());
            if (!failure.getMessage().isEmpty()) {
                out.member(messageName(failure.code()), failure.getMessage());
            }
            writeDetails(failure, out);
            out.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the model gives some errors besides their text. */
    private static void writeDetails(DynamoException failure, JsonOut out) throws IOException {
        out.member("Item", failure.item().orElse(null));
        if (!failure.cancellationReasons().isEmpty()) {
            writeReasons(failure.cancellationReasons(), out);
        }
    }

    private static void writeReasons(List<CancellationReason> reasons, JsonOut out) throws IOException {
        out.name("CancellationReasons");
        out.beginArray();
        for (var reason : reasons) {
            out.beginObject();
            out.member("Code", reason.code());
            out.member("Item", reason.item());
            out.member("Message", reason.message());
            out.endObject();
        }
        out.endArray();
    }

    private static String messageName(ErrorCode code) {
        return switch (code) {
            case SERIALIZATION, ACCESS_DENIED -> "Message"; // not in the model: from the frame around the service
            default -> {
                var type = code.wireType();
                boolean capital = ErrorShapes.CAPITAL_MESSAGE.contains(type.substring(type.indexOf('#') + 1));
                yield capital ? "Message" : "message";
            }
        };
    }
}
