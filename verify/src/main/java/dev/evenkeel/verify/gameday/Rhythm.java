package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.SplittableRandom;

/** How long faults last and how long nothing happens between them: from half of these times to one and a half. */
record Rhythm(Duration usualCalm, Duration usualFault) {
    static final Rhythm USUAL = new Rhythm(Duration.ofSeconds(6), Duration.ofSeconds(8));

    Duration calm(SplittableRandom random) {
        return around(usualCalm, random);
    }

    Duration lasting(SplittableRandom random) {
        return around(usualFault, random);
    }

    private static Duration around(Duration usual, SplittableRandom random) {
        return Duration.ofMillis(usual.toMillis() / 2 + random.nextLong(usual.toMillis() + 1));
    }
}
