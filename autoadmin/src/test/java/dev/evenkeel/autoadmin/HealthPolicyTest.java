package dev.evenkeel.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthPolicyTest {
    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final Duration LONGER = Duration.ofSeconds(4);

    private static Health health(Views views, String name) {
        return new HealthPolicy(views.build()).of(name, BOUND);
    }

    @Test
    void aMajorityDecides() {
        var five = new Views("a1 b1 c1 d1 e1 f1").deaf("a1", "f1").deaf("b1", "f1");

        assertThat(health(five, "f1")).isEqualTo(Health.HEALTHY);
        assertThat(health(five.deaf("c1", "f1"), "f1")).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void halfIsNoMajority() {
        var four = new Views("a1 b1 c1 d1 e1").deaf("a1", "e1").deaf("b1", "e1");

        assertThat(health(four, "e1")).isEqualTo(Health.SUSPECT);
    }

    @Test
    void theWordOfOneIsNotEnoughEvenIfNobodyElseSaysAnything() {
        assertThat(health(new Views("a1 b1").dead("b1", LONGER), "b1")).isEqualTo(Health.SUSPECT);
        assertThat(health(new Views("a1 b1 c1").dead("b1", LONGER), "b1")).isEqualTo(Health.UNHEALTHY);
    }

    @Test
    void deadPeersHaveNoSay() {
        var halfDead = new Views("a1 b1 c1 d1").dead("c1", LONGER).dead("d1", LONGER);

        assertThat(health(halfDead, "c1")).isEqualTo(Health.UNHEALTHY);
        assertThat(health(halfDead, "a1")).isEqualTo(Health.HEALTHY);
    }

    @Test
    void silenceCountsOnlyBeyondTheBound() {
        assertThat(health(new Views("a1 b1 c1").dead("c1", BOUND), "c1")).isEqualTo(Health.HEALTHY);
    }

    @Test
    void aNodeThatNobodyReportsOnIsSuspectUnlessItIsTheOnlyOne() {
        assertThat(health(new Views("a1"), "a1")).isEqualTo(Health.HEALTHY);
        assertThat(health(new Views("a1 b1").dead("b1", LONGER), "a1")).isEqualTo(Health.SUSPECT);
    }
}
