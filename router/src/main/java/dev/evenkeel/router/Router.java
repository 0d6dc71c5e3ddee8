package dev.evenkeel.router;

import dev.evenkeel.api.Operation;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.HashMap;
import java.util.Map;

/**
 * From an operation to the handler that answers it. One handler for each operation; what the model knows and nobody
 * handles is an {@code UnknownOperationException}.
 */
public final class Router {
    private final Map<String, OperationHandler<?, ?>> handlers;

    private Router(Map<String, OperationHandler<?, ?>> handlers) {
        this.handlers = Map.copyOf(handlers);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Whether somebody answers the operation of that name. */
    public boolean supports(String operationName) {
        return handlers.containsKey(operationName);
    }

    /**
     * Checks the input's shape and answers it, in the caller's thread.
     *
     * @throws DynamoException what the client is told instead of an answer
     */
    public <I, O> O execute(Operation<I, O> operation, I input) {
        var handler = handlers.get(operation.name());
        if (handler == null) {
            throw new DynamoException(
                    ErrorCode.UNKNOWN_OPERATION, "The operation " + operation.name() + " is not supported");
        }
        operation.validate(input);
        @SuppressWarnings("unchecked") // the builder was given the handler for the operation of that name
        var typed = (OperationHandler<I, O>) handler;
        return typed.handle(input);
    }

    /** Collects handlers; a name given twice is a mistake. */
    public static final class Builder {
        private final Map<String, OperationHandler<?, ?>> handlers = new HashMap<>();

        private Builder() {}

        /** @param operationName the operation whose input and output the handler is made for, as {@code PutItem} */
        public <I, O> Builder handle(String operationName, OperationHandler<I, O> handler) {
            if (handlers.put(operationName, handler) != null) {
                throw new IllegalArgumentException("two handlers for " + operationName);
            }
            return this;
        }

        public Router build() {
            return new Router(handlers);
        }
    }
}
