package dev.evenkeel.verify.model;

import java.util.Map;
import java.util.Optional;

/** A request that the model refuses. */
final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String type;
    private final transient Optional<Map<String, Value>> item;

    private ModelException(String type, String message, Optional<Map<String, Value>> item) {
        super(message);
        this.type = type;
        this.item = item;
    }

    /** @param about for the reader of a failure; the real message is not compared */
    static ModelException validation(String about) {
        return new ModelException("ValidationException", about, Optional.empty());
    }

    /** @param item the item as it is, when the caller asked for it */
    static ModelException conditionFailed(Optional<Map<String, Value>> item) {
        return new ModelException("ConditionalCheckFailedException", "The conditional request failed", item);
    }

    /** The error's name on the wire, without its namespace. */
    String type() {
        return type;
    }

    Optional<Map<String, Value>> item() {
        return item;
    }
}
