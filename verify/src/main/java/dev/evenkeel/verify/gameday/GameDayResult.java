package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Finding;
import dev.evenkeel.verify.history.History;
import java.util.List;
import java.util.SortedMap;

/**
 * What became of a day.
 *
 * @param cluster in a few words
 * @param leftOut faults that were asked for and are impossible here, with the reason
 * @param failures whatever went wrong that is no finding of a check: a node that did not come back, an answer without sense
 */
record GameDayResult(
        GameDayPlan plan,
        String cluster,
        SortedMap<FaultKind, String> leftOut,
        List<Incident> incidents,
        List<Call> calls,
        History history,
        List<Finding> findings,
        List<String> failures) {
    GameDayResult {
        incidents = List.copyOf(incidents);
        calls = List.copyOf(calls);
        findings = List.copyOf(findings);
        failures = List.copyOf(failures);
    }

    boolean isPassed() {
        return failures.isEmpty() && findings.stream().allMatch(Finding::isPassed);
    }
}
