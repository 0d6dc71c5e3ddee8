package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operations on one key as the search wants them: those that must have taken place, and those of which nobody knows.
 *
 * <p>Operations nobody was answered are what makes a search explode, since they stay possible for ever. Three things keep
 * them few. A write whose value somebody saw, and nobody else wrote, has taken place before that sight. A write whose value
 * nobody saw and nobody expected can be left out: every later answer that tells of the item would have shown it, until
 * another write hid it together with all it had done. And those left that ask for the same thing are interchangeable, so
 * the one that was asked first goes first.
 *
 * @param required in the order of their beginnings
 * @param optional those that ask for the same thing together, in the order of their beginnings
 */
record Steps(List<Step> required, List<List<Operation>> optional) {
    private static final Comparator<Operation> BY_BEGINNING = Comparator.comparingLong(Operation::invokedNanos);

    Steps {
        required = List.copyOf(required);
        optional = optional.stream().map(List::copyOf).toList();
    }

    static Steps of(Collection<Operation> operations) {
        return new Builder(operations).build();
    }

    private static final class Builder {
        private final List<Operation> operations;
        private final Map<String, Integer> writers = new HashMap<>();
        private final Map<String, Long> firstSights = new HashMap<>();
        private final Set<String> expected = new HashSet<>();
        private final List<Step> required = new ArrayList<>();
        private final Map<Action, List<Operation>> optional = new LinkedHashMap<>();

        Builder(Collection<Operation> operations) {
            this.operations = operations.stream().sorted(BY_BEGINNING).toList();
        }

        Steps build() {
            for (var operation : operations) {
                if (operation.mayHaveWritten()) {
                    writers.merge(operation.action().written(), 1, Integer::sum);
                }
                noteSights(operation);
            }
            operations.forEach(this::place);
            return new Steps(required, List.copyOf(optional.values()));
        }

        private void noteSights(Operation operation) {
            operation.seen().ifPresent(state -> noteSight(state.value(), operation));
            if (operation.action() instanceof Action.PutIf put && !operation.isRefused()) {
                expected.add(put.expected());
                if (operation.isDone()) {
                    noteSight(put.expected(), operation);
                }
            }
        }

        private void noteSight(String value, Operation operation) {
            firstSights.merge(value, operation.returnedNanos(), Math::min);
        }

        private void place(Operation operation) {
            if (operation.action().isEventualRead()) {
                return; // they have a checker of their own, and have been heard as witnesses
            }
            if (operation.isAnswered()) {
                required.add(Step.answered(operation));
            } else if (operation.mayHaveWritten()) {
                placeUnknown(operation);
            }
        }

        private void placeUnknown(Operation operation) {
            var value = operation.action().written();
            var firstSight = firstSights.get(value);
            if (value.isEmpty()) {
                addOptional(operation);
            } else if (firstSight != null && writers.getOrDefault(value, 0) == 1) {
                required.add(Step.seenBy(operation, firstSight));
            } else if (firstSight != null || expected.contains(value)) {
                addOptional(operation);
            }
        }

        private void addOptional(Operation operation) {
            optional.computeIfAbsent(operation.action(), _ -> new ArrayList<>()).add(operation);
        }
    }
}
