package dev.evenkeel.router;

/**
 * Answers one operation. Called from any number of threads, each a request's own; it may block.
 *
 * @param <I> the operation's input, whose shape constraints hold
 * @param <O> its output
 */
@FunctionalInterface
public interface OperationHandler<I, O> {

    /** @throws dev.evenkeel.model.DynamoException what the client is told instead of an answer */
    O handle(I input);
}
