package dev.evenkeel.verify.history;

/**
 * An operation that must have taken place.
 *
 * @param deadlineNanos when it had, at the latest: its answer, or the first sight of the value that only it wrote
 */
record Step(Operation operation, long deadlineNanos) {
    static Step answered(Operation operation) {
        return new Step(operation, operation.returnedNanos());
    }

    /** A deadline before its beginning becomes its beginning: whoever saw it earlier will find that impossible. */
    static Step seenBy(Operation operation, long deadlineNanos) {
        return new Step(operation, Math.max(deadlineNanos, operation.invokedNanos()));
    }

    /** The value that the item must have for this to take place; empty when it must have none, or may have any. */
    String valueNeeded() {
        if (operation.action() instanceof Action.PutIf put && !operation.isPure()) {
            return put.expected();
        }
        return operation.seen().map(State::value).orElse("");
    }
}
