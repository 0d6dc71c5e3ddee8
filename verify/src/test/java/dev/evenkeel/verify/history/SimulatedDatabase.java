package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes histories of one key as a correct database would, or one with a given flaw: every operation takes effect at one
 * moment between request and answer, unknown ones at any later moment or never.
 */
final class SimulatedDatabase {
    enum Flaw {
        NONE,
        /** Some acknowledged puts and deletes have no effect. */
        LOSES_WRITES,
        /** Some strong reads are answered from a cache that nobody keeps up to date. */
        READS_STALE,
        /** Some additions take effect twice. */
        ADDS_TWICE
    }

    /** What clients do. */
    record Load(int clients, int operations, double unknownShare, boolean onlyCounts, boolean uniqueValues) {}

    private static final int PAUSE_MAX = 8;
    private static final int WORK_MAX = 10;
    private static final int LATE_MAX = 200;
    private static final double FLAWED_SHARE = 0.2;
    private static final int COMMON_VALUES = 3;

    private record Draft(int client, long invoked, long effective, long returned, boolean isUnknown, boolean isNever) {}

    private final SplittableRandom random;
    private final Flaw flaw;
    private final Load load;
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private State state = State.ABSENT;
    private State cached = State.ABSENT;

    private SimulatedDatabase(SplittableRandom random, Flaw flaw, Load load) {
        this.random = random;
        this.flaw = flaw;
        this.load = load;
    }

    /** A history that ends with a strong read, after everything that was answered. */
    static List<Operation> history(SplittableRandom random, Flaw flaw, Load load) {
        return new SimulatedDatabase(random, flaw, load).run();
    }

    private List<Operation> run() {
        var drafts = drafts();
        long end = drafts.stream().mapToLong(Draft::returned).max().orElse(0) + LATE_MAX + WORK_MAX;
        drafts.forEach(this::perform);
        operations.add(new Operation(
                end, end + 1, "auditor", "n1", HistoryBuilder.KEY, new Action.Read(true), new Outcome.Done(state)));
        return operations;
    }

    private List<Draft> drafts() {
        var drafts = new ArrayList<Draft>();
        for (int client = 0; client < load.clients; client++) {
            long now = 0;
            for (int i = 0; i < load.operations / load.clients; i++) {
                long invoked = now + 1 + random.nextInt(PAUSE_MAX);
                long effective = invoked + random.nextInt(WORK_MAX);
                now = effective + random.nextInt(WORK_MAX);
                boolean isUnknown = random.nextDouble() < load.unknownShare;
                boolean isNever = isUnknown && random.nextBoolean();
                long late = isUnknown ? random.nextInt(LATE_MAX) : 0;
                drafts.add(new Draft(client, invoked, effective + late, now, isUnknown, isNever));
            }
        }
        drafts.sort(Comparator.comparingLong(Draft::effective));
        return drafts;
    }

    private void perform(Draft draft) {
        var action = action();
        var before = state;
        boolean holds = !(action instanceof Action.PutIf put) || put.holds(before);
        if (!draft.isNever && holds) {
            state = after(action, before, draft.isUnknown);
        }
        operations.add(new Operation(
                draft.invoked,
                draft.returned,
                "c" + draft.client,
                "n1",
                HistoryBuilder.KEY,
                action,
                outcome(draft, action, holds, before)));
        if (random.nextInt(4) == 0) {
            cached = before;
        }
    }

    private State after(Action action, State before, boolean isUnknown) {
        boolean isFlawed = !isUnknown && random.nextDouble() < FLAWED_SHARE;
        if (flaw == Flaw.LOSES_WRITES && isFlawed && !(action instanceof Action.Add)) {
            return before;
        }
        var after = action.applyTo(before);
        return flaw == Flaw.ADDS_TWICE && isFlawed && action instanceof Action.Add ? action.applyTo(after) : after;
    }

    private Outcome outcome(Draft draft, Action action, boolean holds, State before) {
        if (draft.isUnknown) {
            return new Outcome.Unknown("time-out");
        }
        return switch (action) {
            case Action.Read _ ->
                new Outcome.Done(flaw == Flaw.READS_STALE && random.nextDouble() < FLAWED_SHARE ? cached : before);
            case Action.Add add -> new Outcome.Done(add.applyTo(before));
            case Action.PutIf _ when !holds -> new Outcome.ConditionFailed(before);
            case Action.Put _, Action.PutIf _, Action.Delete _ ->
                new Outcome.Done(random.nextBoolean() ? Optional.of(before) : Optional.empty());
        };
    }

    private Action action() {
        int dice = random.nextInt(100);
        if (load.onlyCounts) {
            return dice < 60 ? new Action.Add(1) : new Action.Read(true);
        }
        if (dice < 30) {
            return new Action.Put(newValue());
        }
        if (dice < 50) {
            return new Action.PutIf(random.nextInt(3) > 0 ? state.value() : someValue(), newValue());
        }
        if (dice < 60) {
            return new Action.Add(1 + random.nextInt(2));
        }
        return dice < 68 ? new Action.Delete() : new Action.Read(true);
    }

    private String newValue() {
        var value = "v" + (load.uniqueValues ? values.size() : random.nextInt(COMMON_VALUES));
        values.add(value);
        return value;
    }

    private String someValue() {
        return values.isEmpty() ? "" : values.get(random.nextInt(values.size()));
    }
}
