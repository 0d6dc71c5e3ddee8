package dev.evenkeel.verify.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;

/** Rounds as a measurement would leave them, one second long. */
final class Rounds {
    private static final long SECOND = 1_000_000_000L;

    private Rounds() {}

    /** That many requests, all as slow, at 75 microseconds of processor time each. */
    static Round of(long requests, long millis) {
        var latency = ConnectionWorker.newHistogram();
        latency.recordValueWithCount(millis * 1_000_000, requests);
        return new Round(latency, requests, 0, 0, SECOND, OptionalDouble.of(requests * 75e-6), "");
    }

    static Round withoutCpu(long requests, long millis) {
        var round = of(requests, millis);
        return new Round(round.latency(), requests, 2, 1, SECOND, OptionalDouble.empty(), "status 500");
    }

    static ScenarioResult result(Scenario scenario, List<Round> first, List<Round> second) {
        var rounds = new LinkedHashMap<String, List<Round>>();
        rounds.put("evenkeel", first);
        rounds.put("other <&>", second);
        return new ScenarioResult(scenario, rounds);
    }
}
