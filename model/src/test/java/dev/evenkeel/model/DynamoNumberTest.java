package dev.evenkeel.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoNumberTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "0.000, 0",
        "0e5, 0",
        "1, 1",
        "+5, 5",
        "00012, 12",
        "1e3, 1000",
        "1E+3, 1000",
        "1.50, 1.5",
        "-1.50e1, -15",
        ".5, 0.5",
        "5., 5",
        "123e-5, 0.00123",
        "-0.00000010, -0.0000001",
        "100, 100",
        "10, 10",
        "99.99, 99.99",
        "1e-130, 0.0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001"
    })
    void printsPlainDecimals(String text, String plain) {
        assertThat(DynamoNumber.parse(text)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1 ",
                " 1",
                "1.2.3",
                "1+2",
                "0x1",
                "abc",
                "1_0",
                "NaN",
                "Infinity",
                "--1",
                "1e1.5",
                "١"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThatThrownBy(() -> DynamoNumber.parse(text))
                .isInstanceOf(InvalidNumberException.class)
                .hasMessage("The parameter cannot be converted to a numeric value: " + text);
    }

    @Test
    void keepsTheLimits() {
        var digits38 = "9".repeat(38);
        assertThat(DynamoNumber.parse(digits38)).hasToString(digits38);
        assertThat(DynamoNumber.parse("9.9999999999999999999999999999999999999e125")
                        .toBigDecimal())
                .isEqualByComparingTo(new BigDecimal("9.9999999999999999999999999999999999999e125"));
        assertThatThrownBy(() -> DynamoNumber.parse(digits38 + "1"))
                .hasMessage("Attempting to store more than 38 significant digits in a Number");
        assertThatThrownBy(() -> DynamoNumber.parse("1e126"))
                .hasMessageStartingWith("Number overflow. Attempting to store a number with magnitude larger");
        assertThatThrownBy(() -> DynamoNumber.parse("-1e-131"))
                .hasMessageStartingWith("Number underflow. Attempting to store a number with magnitude smaller");
        assertThatThrownBy(() -> DynamoNumber.parse("1e99999999999999999999"))
                .hasMessageStartingWith("Number overflow.");
    }

    /** Figures that the dynoxide project measured against DynamoDB. */
    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "1, 2",
        "12, 2",
        "123, 3",
        "1000, 2",
        "-1, 3",
        "0.0000001, 2",
        "1.5, 3",
        "-12.345, 5",
        "1e125, 2"
    })
    void countsBytesAsDynamoDbDoes(String text, int bytes) {
        assertThat(DynamoNumber.parse(text).sizeBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void agreesWithBigDecimal(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var a = randomNumber(random);
            var b = randomNumber(random);
            var x = DynamoNumber.of(a);
            var y = DynamoNumber.of(b);
            assertThat(x.toBigDecimal()).isEqualByComparingTo(a);
            assertThat(x.toString()).isEqualTo(plain(a));
            assertThat(DynamoNumber.parse(a.toString())).isEqualTo(x);
            assertThat(Integer.signum(Arrays.compareUnsigned(x.encoded(), y.encoded())))
                    .as("%s against %s", a, b)
                    .isEqualTo(a.compareTo(b));
            assertThat(isPrefix(x.encoded(), y.encoded())).isEqualTo(a.compareTo(b) == 0);
            assertThat(x.encoded()).hasSizeLessThanOrEqualTo(DynamoNumber.ENCODED_BYTES_MAX);
        }
    }

    private static boolean isPrefix(byte[] a, byte[] b) {
        return a.length <= b.length && Arrays.equals(a, 0, a.length, b, 0, a.length);
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal randomNumber(Random random) {
        int digits = 1 + random.nextInt(random.nextBoolean() ? 3 : 38);
        var unscaled = new BigInteger(BigInteger.TEN.pow(digits).bitLength() - 1, random);
        if (random.nextBoolean()) {
            unscaled = unscaled.negate();
        }
        int width = unscaled.abs().toString().length();
        int position = random.nextBoolean() ? random.nextInt(8) - 3 : random.nextInt(256) - 129;
        var value = new BigDecimal(unscaled, width - position);
        return value.signum() == 0 ? BigDecimal.ZERO : value;
    }
}
