package dev.evenkeel.verify.history;

import java.util.Collection;
import java.util.Optional;

/**
 * Whether one item behaved as if its operations had taken place one after another, each at some moment between its request
 * and its answer. Keys are checked one by one: a history is linearizable if it is for every key (Herlihy and Wing, 1990).
 */
public final class LinearizabilityChecker {
    /** About a gigabyte of memory; a history of thousands of operations by dozens of clients takes a small part of it. */
    private static final int CONFIGURATIONS_MAX = 4_000_000;

    private final int configurationsMax;

    public LinearizabilityChecker() {
        this(CONFIGURATIONS_MAX);
    }

    LinearizabilityChecker(int configurationsMax) {
        this.configurationsMax = configurationsMax;
    }

    /** @param operations all on one key, which is absent at first */
    public Verdict check(Collection<Operation> operations) {
        return switch (search(operations)) {
            case FOUND -> Verdict.PASSED;
            case IMPOSSIBLE -> new Verdict.Violated(new Explanation(this).of(operations));
            case GIVEN_UP -> new Verdict.Undecided("gave up after " + configurationsMax + " configurations");
        };
    }

    LinearizationSearch.Result search(Collection<Operation> operations) {
        return new LinearizationSearch(Steps.of(operations), configurationsMax, Optional.empty()).run();
    }
}
