package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.List;

/** The obvious checker: tries every order that keeps what had ended before what began later. For a handful of operations. */
final class BruteForce {
    private BruteForce() {}

    static boolean isLinearizable(List<Operation> operations) {
        var all = operations.stream()
                .filter(operation -> !operation.action().isEventualRead())
                .filter(operation -> operation.isAnswered() || operation.mayHaveWritten())
                .toList();
        return canEnd(all, State.ABSENT);
    }

    private static boolean canEnd(List<Operation> open, State state) {
        if (open.stream().noneMatch(Operation::isAnswered)) {
            return true;
        }
        for (var operation : open) {
            if (open.stream().anyMatch(other -> other.endedBefore(operation))) {
                continue;
            }
            var after = operation.takePlaceOn(state);
            if (after.isPresent() && canEnd(without(open, operation), after.get())) {
                return true;
            }
        }
        return false;
    }

    private static List<Operation> without(List<Operation> operations, Operation one) {
        var others = new ArrayList<>(operations);
        others.remove(one);
        return others;
    }
}
