package dev.evenkeel.partition.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampBoundsTest {

    /** Against the timestamps themselves: a bound is never below, and each write raises it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noItemIsEverBelowItsLastWrite(long seed) {
        var random = new Random(seed);
        var bounds = new TimestampBounds();
        Map<Integer, Long> exact = new HashMap<>();
        long newest = 0;
        for (int i = 0; i < 20_000; i++) {
            int item = random.nextInt(3_000);
            var position = position(item);
            long before = bounds.of(position);
            assertThat(before).isGreaterThanOrEqualTo(exact.getOrDefault(item, 0L));
            long clock = 1_000 + i + random.nextInt(200) - 100;
            switch (random.nextInt(20)) {
                case 0 -> bounds.reset(newest); // a new leader
                case 1, 2 -> {
                    assertThat(bounds.accepts(position, clock)).isEqualTo(clock > before);
                    bounds.raise(position, clock);
                    exact.merge(item, clock, Math::max);
                    newest = Math.max(newest, clock);
                }
                default -> {
                    long timestamp = bounds.next(position, clock);
                    assertThat(timestamp).isGreaterThan(before).isGreaterThanOrEqualTo(clock);
                    exact.put(item, timestamp);
                    newest = Math.max(newest, timestamp);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void whatNobodyKnowsHasTheNewestOfAll(int floor) {
        var bounds = new TimestampBounds();
        bounds.reset(floor);
        assertThat(bounds.of(position(1))).isEqualTo(floor);
        assertThat(bounds.accepts(position(1), floor)).isFalse();
        assertThat(bounds.accepts(position(1), floor + 1)).isTrue();
        assertThat(bounds.next(position(1), 3)).isEqualTo(Math.max(3, floor + 1));
    }

    private static byte[] position(int item) {
        return new byte[] {(byte) (item >> 8), (byte) item, 1, 2, 3};
    }
}
