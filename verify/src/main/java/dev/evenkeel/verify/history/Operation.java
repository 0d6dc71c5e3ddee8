package dev.evenkeel.verify.history;

import java.util.Locale;
import java.util.Optional;

/**
 * One request and its answer. Times are of one clock that never goes back, since the history began.
 *
 * @param returnedNanos when the answer came, or when the client stopped waiting for it
 * @param node whom the client asked
 */
public record Operation(
        long invokedNanos, long returnedNanos, String client, String node, String key, Action action, Outcome outcome) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** @throws IllegalArgumentException when that answer cannot come to that action, or came before it */
    public Operation {
        if (returnedNanos < invokedNanos) {
            throw new IllegalArgumentException("answered before it was asked: " + action);
        }
        if (!fits(action, outcome)) {
            throw new IllegalArgumentException(action + " cannot end with " + outcome);
        }
    }

    private static boolean fits(Action action, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.seen().isPresent() || !(action.isRead() || action instanceof Action.Add);
            case Outcome.ConditionFailed _ -> action instanceof Action.PutIf;
            case Outcome.Refused _, Outcome.Unknown _ -> true;
        };
    }

    /** Whether the client was told how it went. */
    boolean isAnswered() {
        return outcome instanceof Outcome.Done || outcome instanceof Outcome.ConditionFailed;
    }

    boolean isDone() {
        return outcome instanceof Outcome.Done;
    }

    boolean isRefused() {
        return outcome instanceof Outcome.Refused;
    }

    /** Whether it may have changed the item, or may yet. */
    boolean mayHaveWritten() {
        return !action.isRead() && (isDone() || outcome instanceof Outcome.Unknown);
    }

    /** Whether it had ended for good before the other began. */
    boolean endedBefore(Operation other) {
        return isAnswered() && returnedNanos < other.invokedNanos;
    }

    /** Whether it can have changed nothing, whenever it took place. */
    boolean isPure() {
        return action.isRead() || outcome instanceof Outcome.ConditionFailed;
    }

    /** Whether it replaces the item whatever it is, and told nothing of what it was. */
    boolean isBlindReplacement() {
        return mayHaveWritten()
                && seen().isEmpty()
                && (action instanceof Action.Put || action instanceof Action.Delete);
    }

    /** The item that came with the answer. */
    Optional<State> seen() {
        return switch (outcome) {
            case Outcome.Done done -> done.seen();
            case Outcome.ConditionFailed failed -> Optional.of(failed.seen());
            case Outcome.Refused _, Outcome.Unknown _ -> Optional.empty();
        };
    }

    /**
     * The item after this operation, with the answer that the client got. Empty when it cannot have taken place on such an
     * item: then the answer would have been another one.
     */
    Optional<State> takePlaceOn(State before) {
        if (outcome instanceof Outcome.ConditionFailed failed) {
            boolean possible = failed.seen().equals(before) && !holdsOn(before);
            return possible ? Optional.of(before) : Optional.empty();
        }
        if (!holdsOn(before)) {
            return Optional.empty();
        }
        var after = action.applyTo(before);
        var shown = action instanceof Action.Add ? after : before;
        return seen().isPresent() && !seen().get().equals(shown) ? Optional.empty() : Optional.of(after);
    }

    private boolean holdsOn(State before) {
        return !(action instanceof Action.PutIf put) || put.holds(before);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%11.6f … %11.6f s  %s at %s: %s %s",
                invokedNanos / NANOS_PER_SECOND,
                returnedNanos / NANOS_PER_SECOND,
                client,
                node,
                action,
                outcome);
    }
}
