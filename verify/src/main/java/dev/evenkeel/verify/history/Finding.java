package dev.evenkeel.verify.history;

import java.util.List;

/**
 * What one check made of all keys.
 *
 * @param violations one explanation for each key that cannot be so
 * @param undecided one line for each key of which nothing is known
 */
public record Finding(String check, int keys, long operations, List<String> violations, List<String> undecided) {
    public Finding {
        violations = List.copyOf(violations);
        undecided = List.copyOf(undecided);
    }

    public boolean isPassed() {
        return violations.isEmpty() && undecided.isEmpty();
    }
}
