package dev.evenkeel.verify.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for an order of the steps that explains every answer: each step between its beginning and its deadline, each on the
 * item as the steps before left it. This is the search of Wing and Gong with Lowe's memory of where it has been, as
 * Porcupine does it, and with what {@link Sights} tells.
 *
 * <p>One more thing is cheap: a read, or a condition that failed, that fits the item as it is now is taken at once and
 * never reconsidered, since it stands in nobody's way there.
 */
final class LinearizationSearch {
    enum Result {
        FOUND,
        IMPOSSIBLE,
        GIVEN_UP
    }

    private static final int NO_STEP = -1;

    private enum Kind {
        /** Of no consequence to the others, so there is no alternative to it. */
        PURE,
        STEP,
        /** A put that nobody sees, taken because its deadline has come and no other write hides it. */
        UNSEEN,
        OPTIONAL
    }

    /**
     * One decision: what was taken, on which item.
     *
     * @param number of the step, or of the kind of optional operations
     * @param hidden the puts that nobody sees and that went just before
     */
    private record Decision(Kind kind, int number, State before, List<Integer> hidden) {}

    private final Steps steps;
    private final int configurationsMax;
    private final Timeline timeline;
    private final Sights sights;
    private final BitSet taken = new BitSet();
    private final int[] optionalTaken;
    private final Set<Configuration> visited = new HashSet<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private State state = State.ABSENT;
    private final Set<State> statesWhenBlocked = new LinkedHashSet<>();
    private final Optional<Operation> watched;

    /** @param watched for an explanation: at which states did the search end because this could not take place? */
    LinearizationSearch(Steps steps, int configurationsMax, Optional<Operation> watched) {
        this.steps = steps;
        this.configurationsMax = configurationsMax;
        this.watched = watched;
        sights = watched.isPresent() ? Sights.none(steps) : Sights.of(steps);
        timeline = new Timeline(steps.required());
        optionalTaken = new int[steps.optional().size()];
    }

    Result run() {
        boolean isNew = true;
        while (!timeline.isEmpty()) {
            if (visited.size() > configurationsMax) {
                return Result.GIVEN_UP;
            }
            if (isNew && takePure()) {
                continue;
            }
            isNew = isNew ? advance(timeline.first()) : backtrack();
            if (!isNew && decisions.isEmpty()) {
                return Result.IMPOSSIBLE;
            }
        }
        return Result.FOUND;
    }

    /** The items that the watched operation could have found, none of which explains its answer. */
    Set<State> statesWhenBlocked() {
        return statesWhenBlocked;
    }

    private boolean takePure() {
        for (int place = timeline.first(); !timeline.isDeadline(place); place = timeline.after(place)) {
            int number = timeline.stepAt(place);
            var step = steps.required().get(number);
            if (step.operation().isPure() && step.operation().takePlaceOn(state).isPresent()) {
                take(new Decision(Kind.PURE, number, state, List.of()), state);
                return true;
            }
        }
        return false;
    }

    /** Takes the next step that leads somewhere new, looking from that place in the timeline on. */
    private boolean advance(int place) {
        int at = place;
        for (; !timeline.isDeadline(at); at = timeline.after(at)) {
            int number = timeline.stepAt(at);
            if (!sights.isUnseenPut(number) && takeStep(Kind.STEP, number)) {
                return true;
            }
        }
        int urgent = timeline.stepAt(at);
        if (sights.isUnseenPut(urgent) && takeStep(Kind.UNSEEN, urgent)) {
            return true;
        }
        return advanceOptional(0);
    }

    private boolean advanceOptional(int kind) {
        int deadline = firstDeadline();
        for (int i = kind; i < optionalTaken.length; i++) {
            if (takeOptional(i, timeline.nanosAt(deadline))) {
                return true;
            }
        }
        noteBlocked(deadline);
        return false;
    }

    private boolean takeStep(Kind kind, int number) {
        var operation = steps.required().get(number).operation();
        var after = operation.takePlaceOn(state);
        if (after.isEmpty() || replacesValue(after.get()) && !sights.mayReplace(state.value(), number)) {
            return false;
        }
        var hidden = operation.isBlindReplacement() ? unseenPutsBut(number) : List.<Integer>of();
        return takeIfNew(new Decision(kind, number, state, hidden), after.get());
    }

    /** One that neither changes nor hides anything needs no place: it may as well never have taken effect. */
    private boolean takeOptional(int kind, long deadlineNanos) {
        var operations = steps.optional().get(kind);
        if (optionalTaken[kind] == operations.size()) {
            return false;
        }
        var operation = operations.get(optionalTaken[kind]);
        var after = operation.action().applyTo(state);
        var hidden = operation.isBlindReplacement() ? unseenPutsBut(NO_STEP) : List.<Integer>of();
        if (operation.invokedNanos() > deadlineNanos
                || after.equals(state) && hidden.isEmpty()
                || replacesValue(after) && !sights.mayReplace(state.value())) {
            return false;
        }
        return takeIfNew(new Decision(Kind.OPTIONAL, kind, state, hidden), after);
    }

    private boolean replacesValue(State after) {
        return !after.value().equals(state.value());
    }

    /** The puts that nobody sees and that may take place now, all but one. */
    private List<Integer> unseenPutsBut(int number) {
        var hidden = new ArrayList<Integer>();
        for (int place = timeline.first(); !timeline.isDeadline(place); place = timeline.after(place)) {
            int step = timeline.stepAt(place);
            if (step != number && sights.isUnseenPut(step)) {
                hidden.add(step);
            }
        }
        return hidden;
    }

    private boolean takeIfNew(Decision decision, State after) {
        take(decision, after);
        boolean isNew = visited.add(new Configuration(taken, optionalTaken, after));
        if (!isNew) {
            undo(decisions.pop());
        }
        return isNew;
    }

    private void take(Decision decision, State after) {
        decision.hidden.forEach(this::takeOut);
        if (decision.kind == Kind.OPTIONAL) {
            optionalTaken[decision.number]++;
        } else {
            takeOut(decision.number);
        }
        decisions.push(decision);
        state = after;
    }

    private void takeOut(int step) {
        taken.set(step);
        timeline.takeOut(step);
        sights.changeSights(step, -1);
    }

    /** Undoes decisions until one has an alternative, and takes that; false when none has. */
    private boolean backtrack() {
        while (!decisions.isEmpty()) {
            var decision = decisions.pop();
            undo(decision);
            if (advanceBeyond(decision)) {
                return true;
            }
        }
        return false;
    }

    private void undo(Decision decision) {
        if (decision.kind == Kind.OPTIONAL) {
            optionalTaken[decision.number]--;
        } else {
            putBack(decision.number);
        }
        decision.hidden.reversed().forEach(this::putBack);
        state = decision.before;
    }

    private void putBack(int step) {
        taken.clear(step);
        timeline.putBack(step);
        sights.changeSights(step, 1);
    }

    private boolean advanceBeyond(Decision decision) {
        return switch (decision.kind) {
            case PURE -> false;
            case STEP -> advance(timeline.after(timeline.beginningOf(decision.number)));
            case UNSEEN -> advanceOptional(0);
            case OPTIONAL -> advanceOptional(decision.number + 1);
        };
    }

    private int firstDeadline() {
        int place = timeline.first();
        while (!timeline.isDeadline(place)) {
            place = timeline.after(place);
        }
        return place;
    }

    private void noteBlocked(int deadline) {
        var operation = steps.required().get(timeline.stepAt(deadline)).operation();
        if (watched.isPresent() && watched.get() == operation) {
            statesWhenBlocked.add(state);
        }
    }
}
