package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ZipfianKeysTest {
    private static final int DRAWS = 400_000;

    private static int[] counts(long keys, long seed) {
        var chooser = new ZipfianKeys(keys);
        var random = new SplittableRandom(seed);
        var counts = new int[(int) keys];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) chooser.next(random)]++;
        }
        return counts;
    }

    @Test
    void hottestKeysHaveTheirExactShare() {
        var counts = counts(10_000, 7);
        double zeta = ZipfianKeys.zeta(10_000);
        assertThat(counts[0] / (double) DRAWS).isCloseTo(1 / zeta, within(0.003));
        assertThat(counts[1] / (double) DRAWS).isCloseTo(Math.pow(2, -0.99) / zeta, within(0.003));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100, 1000})
    void headOfTheRanksHasAboutItsShare(int head) {
        var counts = counts(10_000, 11);
        double share = IntStream.range(0, head).mapToLong(key -> counts[key]).sum() / (double) DRAWS;
        double expected = ZipfianKeys.zeta(head) / ZipfianKeys.zeta(10_000);
        assertThat(share).isCloseTo(expected, within(0.03));
    }

    @Test
    void everyKeyIsInRangeAndColdOnesComeUpToo() {
        var counts = counts(1_000, 3);
        assertThat(counts).doesNotContain(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fewKeysWorkToo(long keys) {
        assertThat(counts(keys, 5)).doesNotContain(0).hasSize((int) keys);
    }

    @Test
    void uniformKeysAreUniform() {
        var chooser = KeyChooser.of(KeyDistribution.UNIFORM, 100);
        var random = new SplittableRandom(1);
        var counts = new int[100];
        for (int i = 0; i < DRAWS; i++) {
            counts[(int) chooser.next(random)]++;
        }
        assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThan(DRAWS / 100 * 9 / 10);
        assertThat(IntStream.of(counts).max().orElseThrow()).isLessThan(DRAWS / 100 * 11 / 10);
    }
}
