package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who sees which value, where a value has a single writer. It cuts a search short twice (the idea is Gibbons and Korach's,
 * "Testing shared memories", 1997). A value that some step is still to see must not be replaced, since it does not come
 * back. And a put that nobody sees is worth nothing: it goes just before another write that hides it.
 */
final class Sights {
    private final List<Step> steps;
    private final Set<String> watchedValues = new HashSet<>();
    private final Map<String, Integer> openSights = new HashMap<>();
    private final BitSet unseenPuts = new BitSet();

    private Sights(List<Step> steps) {
        this.steps = steps;
    }

    static Sights of(Steps steps) {
        var sights = new Sights(steps.required());
        var seen = new HashSet<String>();
        steps.required().forEach(step -> seen.add(step.valueNeeded()));
        operations(steps).forEach(operation -> {
            if (operation.action() instanceof Action.PutIf put) {
                seen.add(put.expected());
            }
        });
        for (var value : valuesOfOneWriter(steps)) {
            if (seen.contains(value)) {
                sights.watchedValues.add(value);
            }
        }
        for (int i = 0; i < sights.steps.size(); i++) {
            var operation = sights.steps.get(i).operation();
            sights.changeSights(i, 1);
            sights.unseenPuts.set(i, isUnseenPut(operation, seen));
        }
        return sights;
    }

    /** A delete is no put: that nothing is there says nothing of who made it so. */
    private static boolean isUnseenPut(Operation operation, Set<String> seen) {
        return operation.action() instanceof Action.Put(var value)
                && operation.isBlindReplacement()
                && !seen.contains(value);
    }

    /** For a search that is to show every state: knows nothing. */
    static Sights none(Steps steps) {
        return new Sights(steps.required());
    }

    private static List<Operation> operations(Steps steps) {
        var operations = new ArrayList<Operation>();
        steps.required().forEach(step -> operations.add(step.operation()));
        steps.optional().forEach(operations::addAll);
        return operations;
    }

    private static Set<String> valuesOfOneWriter(Steps steps) {
        var once = new HashSet<String>();
        var more = new HashSet<String>();
        for (var operation : operations(steps)) {
            var value = operation.action().written();
            if (operation.mayHaveWritten() && !value.isEmpty() && !once.add(value)) {
                more.add(value);
            }
        }
        once.removeAll(more);
        return once;
    }

    /** @param change -1 when the step has taken place, 1 when it is to take place again */
    void changeSights(int step, int change) {
        var value = steps.get(step).valueNeeded();
        if (watchedValues.contains(value)) {
            openSights.merge(value, change, Integer::sum);
        }
    }

    /** Whether a step may put another value in the place of this one: nobody but the step itself is still to see it. */
    boolean mayReplace(String value, int step) {
        int itself = steps.get(step).valueNeeded().equals(value) ? 1 : 0;
        return openSights.getOrDefault(value, 0) <= itself;
    }

    boolean mayReplace(String value) {
        return openSights.getOrDefault(value, 0) == 0;
    }

    /** Whether the step is a put whose value nobody sees or asks for. */
    boolean isUnseenPut(int step) {
        return unseenPuts.get(step);
    }
}
