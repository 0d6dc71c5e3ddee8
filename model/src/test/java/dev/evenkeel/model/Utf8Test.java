package dev.evenkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Utf8Test {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void countsAndOrdersLikeTheEncodedBytes(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var a = RandomValues.text(random);
            var b = RandomValues.text(random);
            assertThat(Utf8.length(a)).isEqualTo(a.getBytes(StandardCharsets.UTF_8).length);
            assertThat(Integer.signum(Utf8.compare(a, b)))
                    .isEqualTo(Integer.signum(Arrays.compareUnsigned(
                            a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void anUnpairedSurrogateCountsAsItIsWritten() {
        var half = "a\uD83D";
        assertThat(Utf8.length(half)).isEqualTo(half.getBytes(StandardCharsets.UTF_8).length);
    }
}
