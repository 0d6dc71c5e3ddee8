package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is done to the cluster, one thing after another, out of one seed. Every kind has its turn before any has its next,
 * so that a short day shows all of them.
 */
final class Schedule {
    /** @param calm how long nothing happens before it */
    record Turn(Duration calm, FaultKind kind, Fault fault, Duration lasts) {}

    private final ClusterUnderTest cluster;
    private final List<FaultKind> kinds;
    private final Rhythm rhythm;
    private final SplittableRandom random;
    private final List<FaultKind> bag = new ArrayList<>();

    /** @param kinds that are possible, at least one */
    Schedule(ClusterUnderTest cluster, List<FaultKind> kinds, Rhythm rhythm, SplittableRandom random) {
        if (kinds.isEmpty()) {
            throw new GameDayException("none of these faults is possible here");
        }
        this.cluster = cluster;
        this.kinds = List.copyOf(kinds);
        this.rhythm = rhythm;
        this.random = random;
    }

    Turn next() {
        if (bag.isEmpty()) {
            bag.addAll(kinds);
        }
        var kind = bag.remove(random.nextInt(bag.size()));
        var calm = rhythm.calm(random);
        return new Turn(calm, kind, kind.create(cluster, random), rhythm.lasting(random));
    }
}
