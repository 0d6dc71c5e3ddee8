package dev.evenkeel.verify.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rounds of one scenario.
 *
 * @param roundsByTarget by target name, the first target first; the lists are equally long and in order of time
 */
record ScenarioResult(Scenario scenario, Map<String, List<Round>> roundsByTarget) {
    ScenarioResult {
        roundsByTarget = new LinkedHashMap<>(roundsByTarget);
        if (roundsByTarget.isEmpty()) {
            throw new IllegalArgumentException("no target");
        }
    }

    /** The rounds of the target that the others are compared to. */
    List<Round> base() {
        return roundsByTarget.values().iterator().next();
    }
}
