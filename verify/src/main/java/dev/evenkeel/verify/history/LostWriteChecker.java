package dev.evenkeel.verify.history;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whether what was acknowledged is in the end still there, or was surely or possibly overwritten. Linearizability says the
 * same and more; this says it of one write by name, in linear time, and also where a search would give up.
 *
 * <p>The end is a strongly consistent read that began after every answer; without one there is nothing to say.
 */
public final class LostWriteChecker {

    /** @param operations all on one key */
    public Verdict check(Collection<Operation> operations) {
        var last = lastRead(operations);
        if (last.isEmpty()) {
            return Verdict.PASSED;
        }
        var writes = operations.stream().filter(Operation::mayHaveWritten).toList();
        var problem = problem(last.get().seen().orElseThrow(), writes);
        return problem.isEmpty()
                ? Verdict.PASSED
                : new Verdict.Violated("key " + last.get().key() + ": " + problem + "; in the end:\n  " + last.get());
    }

    private static Optional<Operation> lastRead(Collection<Operation> operations) {
        return operations.stream()
                .filter(operation ->
                        operation.isDone() && operation.action() instanceof Action.Read(var consistent) && consistent)
                .max(Comparator.comparingLong(Operation::invokedNanos))
                .filter(read -> operations.stream()
                        .noneMatch(operation ->
                                operation.isDone() && operation.mayHaveWritten() && !operation.endedBefore(read)));
    }

    private static String problem(State end, List<Operation> writes) {
        if (end.hasValue() && writersOf(end.value(), writes).isEmpty()) {
            return "the item holds a value that nobody wrote";
        }
        var lost = writes.stream()
                .filter(write -> write.isDone() && isLost(write, end, writes))
                .findFirst();
        if (lost.isPresent()) {
            return "an acknowledged write is lost:\n  " + lost.get() + "\n ";
        }
        return countProblem(end, writes);
    }

    private static List<Operation> writersOf(String value, List<Operation> writes) {
        return writes.stream()
                .filter(write -> write.action().written().equals(value))
                .toList();
    }

    /** Whether the end is as it was before the write, and nothing that made it so can have come behind the write. */
    private static boolean isLost(Operation write, State end, List<Operation> writes) {
        if (end.hasValue()) {
            boolean replaces = !(write.action() instanceof Action.Add);
            return replaces && writersOf(end.value(), writes).stream().allMatch(writer -> writer.endedBefore(write));
        }
        boolean hides = end.equals(State.ABSENT)
                ? !(write.action() instanceof Action.Delete)
                : !write.action().written().isEmpty();
        return hides && deletes(writes).stream().allMatch(delete -> delete.endedBefore(write));
    }

    private static List<Operation> deletes(List<Operation> writes) {
        return writes.stream()
                .filter(write -> write.action() instanceof Action.Delete)
                .toList();
    }

    private static String countProblem(State end, List<Operation> writes) {
        long asked = 0;
        long acknowledged = 0;
        boolean onlyAdditions = true;
        for (var write : writes) {
            if (write.action() instanceof Action.Add add) {
                asked += add.amount();
                acknowledged += write.isDone() ? add.amount() : 0;
            } else {
                onlyAdditions = false;
            }
        }
        if (end.count() > asked) {
            return "the item counts " + end.count() + ", but only " + asked + " was asked for";
        }
        if (onlyAdditions && end.count() < acknowledged) {
            return "the item counts " + end.count() + ", but " + acknowledged + " was acknowledged";
        }
        return "";
    }
}
