package dev.evenkeel.verify.history;

import java.util.Collection;
import java.util.List;

/**
 * An eventually consistent read may be as old as it likes, but tells only what has been: a value that a write brought which
 * had begun before the answer came, and a count that the additions begun by then amount to.
 */
public final class EventualReadChecker {

    /** @param operations all on one key */
    public Verdict check(Collection<Operation> operations) {
        var writes = operations.stream().filter(Operation::mayHaveWritten).toList();
        for (var operation : operations) {
            if (operation.action().isEventualRead() && operation.isDone()) {
                var problem = problem(operation, operation.seen().orElseThrow(), writes);
                if (!problem.isEmpty()) {
                    return new Verdict.Violated("key " + operation.key() + ": " + problem + "\n  " + operation);
                }
            }
        }
        return Verdict.PASSED;
    }

    private static String problem(Operation read, State seen, List<Operation> writes) {
        var writers = writes.stream()
                .filter(write -> seen.hasValue() && write.action().written().equals(seen.value()))
                .toList();
        if (seen.hasValue() && writers.isEmpty()) {
            return "a read told a value that nobody wrote";
        }
        if (seen.hasValue() && writers.stream().noneMatch(write -> begunBeforeEndOf(read, write))) {
            return "a read told a value before anybody wrote it";
        }
        if (seen.count() > countMax(read, writers, writes)) {
            return "a read told a count that no additions amount to";
        }
        return "";
    }

    private static boolean begunBeforeEndOf(Operation read, Operation write) {
        return write.invokedNanos() <= read.returnedNanos();
    }

    /** All additions that may have come before the read, and behind the write that its value is from. */
    private static long countMax(Operation read, List<Operation> writers, List<Operation> writes) {
        long count = 0;
        for (var write : writes) {
            boolean behind = writers.isEmpty() || writers.stream().anyMatch(writer -> !write.endedBefore(writer));
            if (write.action() instanceof Action.Add add && begunBeforeEndOf(read, write) && behind) {
                count += add.amount();
            }
        }
        return count;
    }
}
