package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a history cannot be, in few lines. Every beginning of a history that can be can be, too; so there is a first answer
 * that cannot have been given, and only what happened around it matters.
 */
final class Explanation {
    /** Writes that had ended before: they say what the item should have been. */
    private static final int WRITES_BEFORE_MAX = 6;

    /** More states than that tell nobody anything. */
    private static final int STATES_MAX = 8;

    /** Nobody waits long for an explanation, and some of the states explain as well as all. */
    private static final int CONFIGURATIONS_MAX = 50_000;

    private final LinearizabilityChecker checker;

    Explanation(LinearizabilityChecker checker) {
        this.checker = checker;
    }

    String of(Collection<Operation> operations) {
        var answers = operations.stream()
                .filter(Operation::isAnswered)
                .sorted(Comparator.comparingLong(Operation::returnedNanos))
                .toList();
        var culprit = firstImpossible(operations, answers);
        var prefix = until(operations, culprit.returnedNanos());
        return render(culprit, prefix, statesBefore(prefix, culprit));
    }

    /** The answers up to and with this one are the shortest beginning that cannot be. */
    private Operation firstImpossible(Collection<Operation> operations, List<Operation> answers) {
        int low = 0;
        int high = answers.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            var prefix = until(operations, answers.get(middle).returnedNanos());
            if (checker.search(prefix) == LinearizationSearch.Result.IMPOSSIBLE) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return answers.get(low);
    }

    /** As the clients knew it at that moment. */
    private static List<Operation> until(Collection<Operation> operations, long nanos) {
        var known = new ArrayList<Operation>();
        for (var operation : operations) {
            if (operation.returnedNanos() <= nanos) {
                known.add(operation);
            } else if (operation.invokedNanos() <= nanos && !operation.isRefused()) {
                known.add(unanswered(operation));
            }
        }
        return known;
    }

    private static Operation unanswered(Operation operation) {
        return new Operation(
                operation.invokedNanos(),
                operation.returnedNanos(),
                operation.client(),
                operation.node(),
                operation.key(),
                operation.action(),
                new Outcome.Unknown("not answered yet"));
    }

    private static Set<State> statesBefore(List<Operation> prefix, Operation culprit) {
        var search = new LinearizationSearch(Steps.of(prefix), CONFIGURATIONS_MAX, Optional.of(culprit));
        search.run();
        return search.statesWhenBlocked();
    }

    private static String render(Operation culprit, List<Operation> prefix, Set<State> states) {
        var text =
                new StringBuilder("key " + culprit.key() + " is not linearizable; this cannot have been answered:\n  ");
        text.append(culprit).append('\n');
        if (!states.isEmpty()) {
            text.append("by then the item was ").append(anyOf(states)).append('\n');
        }
        text.append("around it, by beginning:\n");
        for (var operation : relevant(culprit, prefix)) {
            text.append(operation == culprit ? "* " : "  ").append(operation).append('\n');
        }
        return text.toString();
    }

    private static String anyOf(Set<State> states) {
        var some = states.stream().limit(STATES_MAX).map(State::toString).collect(Collectors.joining(", or "));
        return states.size() > STATES_MAX ? some + ", or one of " + (states.size() - STATES_MAX) + " others" : some;
    }

    /** What overlaps the culprit, the last writes before it, and who wrote what it saw. */
    private static List<Operation> relevant(Operation culprit, List<Operation> prefix) {
        var seen = culprit.seen().map(State::value).filter(value -> !value.isEmpty());
        var writesBefore = prefix.stream()
                .filter(operation -> operation.mayHaveWritten() && operation.endedBefore(culprit))
                .sorted(Comparator.comparingLong(Operation::returnedNanos).reversed())
                .limit(WRITES_BEFORE_MAX)
                .collect(Collectors.toSet());
        return prefix.stream()
                .filter(operation -> operation == culprit
                        || writesBefore.contains(operation)
                        || seen.isPresent() && operation.action().written().equals(seen.get())
                        || operation.isAnswered() && overlap(operation, culprit))
                .sorted(Comparator.comparingLong(Operation::invokedNanos))
                .toList();
    }

    private static boolean overlap(Operation one, Operation other) {
        return !one.endedBefore(other) && !other.endedBefore(one);
    }
}
