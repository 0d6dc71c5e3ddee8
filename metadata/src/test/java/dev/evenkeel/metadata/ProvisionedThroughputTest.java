package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProvisionedThroughputTest {
    private static final Instant EVENING = Instant.parse("2026-03-01T23:59:00Z");
    private static final Instant NEXT_DAY = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aDecreaseIsDatedAtOnceAndCountedWhenDone() {
        var begun = ProvisionedThroughput.of(new Throughput(5, 5)).beginning(new Throughput(3, 5), EVENING);
        assertThat(begun.units()).isEqualTo(new Throughput(5, 5));
        assertThat(begun.lastDecrease()).isEqualTo(EVENING);
        assertThat(begun.decreasesOn(EVENING)).isZero();

        var done = begun.finished(EVENING.plusSeconds(1));
        assertThat(done.units()).isEqualTo(new Throughput(3, 5));
        assertThat(done.lastDecrease()).isEqualTo(EVENING.plusSeconds(1));
        assertThat(done.decreasesOn(EVENING)).isEqualTo(1);
        assertThat(done.lastIncrease()).isNull();
    }

    @Test
    void readsUpAndWritesDownIsBoth() {
        var done = ProvisionedThroughput.of(new Throughput(5, 5))
                .beginning(new Throughput(6, 4), EVENING)
                .finished(EVENING);

        assertThat(done.lastIncrease()).isEqualTo(EVENING);
        assertThat(done.lastDecrease()).isEqualTo(EVENING);
        assertThat(done.decreasesOn(EVENING)).isEqualTo(1);
    }

    @Test
    void theCountBeginsAgainAtMidnightUtc() {
        var today = ProvisionedThroughput.of(new Throughput(5, 5))
                .beginning(new Throughput(4, 4), EVENING)
                .finished(EVENING)
                .beginning(new Throughput(3, 3), EVENING)
                .finished(EVENING);
        assertThat(today.decreasesOn(EVENING)).isEqualTo(2);
        assertThat(today.decreasesOn(NEXT_DAY)).isZero();

        var tomorrow = today.beginning(new Throughput(2, 2), NEXT_DAY).finished(NEXT_DAY);
        assertThat(tomorrow.decreasesOn(NEXT_DAY)).isEqualTo(1);
    }
}
