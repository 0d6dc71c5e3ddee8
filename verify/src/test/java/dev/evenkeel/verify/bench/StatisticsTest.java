package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StatisticsTest {
    @Test
    void medianIsTheMiddleOrBetweenTheMiddleTwo() {
        assertThat(Statistics.median(9, 1, 5)).isEqualTo(5);
        assertThat(Statistics.median(9, 1, 5, 7)).isEqualTo(6);
        assertThat(Statistics.median(3)).isEqualTo(3);
        assertThat(Statistics.median()).isNaN();
        assertThat(Statistics.median(1, Double.NaN, 2)).isNaN();
    }

    @Test
    void ratioIsTakenWithinARoundBeforeTheMedian() {
        var base = List.of(Rounds.of(100, 1), Rounds.of(10, 1), Rounds.of(1000, 1));
        var twice = List.of(Rounds.of(200, 1), Rounds.of(20, 1), Rounds.of(500, 1));
        assertThat(Statistics.medianRatio(twice, base, Round::throughput)).isEqualTo(2);
    }

    @Test
    void figuresOfARound() {
        var round = Rounds.of(20_000, 3);
        assertThat(round.throughput()).isEqualTo(20_000);
        assertThat(round.latencyMillis(50)).isBetween(2.99, 3.01);
        assertThat(round.cpuSecondsPer10k()).isCloseTo(0.75, within(1e-9));
    }
}
