package dev.evenkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyEncodingTest {
    private static final List<AttributeValue> PARTITION = List.of(AttributeValue.of("same"));

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void ordersSortKeysByTheirValues(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            assertOrder(AttributeValue.of(RandomValues.text(random)), AttributeValue.of(RandomValues.text(random)));
            assertOrder(
                    new AttributeValue.N(RandomValues.number(random)),
                    new AttributeValue.N(RandomValues.number(random)));
            assertOrder(
                    new AttributeValue.B(RandomValues.bytes(random)), new AttributeValue.B(RandomValues.bytes(random)));
        }
    }

    private static void assertOrder(AttributeValue a, AttributeValue b) {
        var left = KeyEncoding.position(PARTITION, List.of(a));
        var right = KeyEncoding.position(PARTITION, List.of(b));
        int wanted = Integer.signum(Objects.compare(a, b, BY_VALUE));
        assertThat(Integer.signum(Arrays.compareUnsigned(left, right)))
                .as("%s against %s", a, b)
                .isEqualTo(wanted);
        var tail = AttributeValue.of("behind");
        assertThat(Integer.signum(Arrays.compareUnsigned(
                        KeyEncoding.append(left, List.of(tail)), KeyEncoding.append(right, List.of(tail)))))
                .as("a component behind does not change the order")
                .isEqualTo(wanted);
    }

    private static final Comparator<AttributeValue> BY_VALUE = (a, b) -> switch (a) {
        case AttributeValue.S s -> Bytes.utf8(s.value()).compareTo(Bytes.utf8(((AttributeValue.S) b).value()));
        case AttributeValue.N n ->
            n.value().toBigDecimal().compareTo(((AttributeValue.N) b).value().toBigDecimal());
        case AttributeValue.B binary -> binary.value().compareTo(((AttributeValue.B) b).value());
        default -> throw new IllegalArgumentException("not a key value");
    };

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void aPrefixCoversExactlyWhatBeginsWithIt(long seed) {
        var random = new Random(seed);
        var collection = KeyEncoding.position(PARTITION, List.of());
        for (int i = 0; i < 100; i++) {
            var text = RandomValues.text(random);
            var beginning =
                    random.nextBoolean() ? RandomValues.text(random) : text.substring(0, text.isEmpty() ? 0 : 1);
            if (!beginning.isEmpty() && Character.isHighSurrogate(beginning.charAt(beginning.length() - 1))) {
                continue; // half a character is no text
            }
            var from = KeyEncoding.appendPrefix(collection, AttributeValue.of(beginning));
            var to = KeyEncoding.after(from);
            var position = KeyEncoding.position(PARTITION, List.of(AttributeValue.of(text)));
            boolean inside = Arrays.compareUnsigned(from, position) <= 0
                    && (to == null || Arrays.compareUnsigned(position, to) < 0);
            assertThat(inside).as("'%s' begins with '%s'", text, beginning).isEqualTo(text.startsWith(beginning));
        }
    }

    @Test
    void hashesThePartitionKeyAlone() {
        var one = KeyEncoding.position(PARTITION, List.of(AttributeValue.of(1)));
        var two = KeyEncoding.position(PARTITION, List.of(AttributeValue.of(2)));
        assertThat(Arrays.copyOf(one, KeyEncoding.HASH_BYTES)).isEqualTo(Arrays.copyOf(two, KeyEncoding.HASH_BYTES));
        var other = KeyEncoding.position(List.of(AttributeValue.of("other")), List.of(AttributeValue.of(1)));
        assertThat(Arrays.copyOf(other, KeyEncoding.HASH_BYTES))
                .isNotEqualTo(Arrays.copyOf(one, KeyEncoding.HASH_BYTES));
    }

    /** The first bytes of MD5 over "Outliers" and the key, as dynalite has them for DynamoDB's order. */
    @Test
    void hashesAsDynaliteObserved() {
        assertThat(hash(AttributeValue.of("a"))).isEqualTo("f6558e516275dee2");
        assertThat(hash(AttributeValue.of(1))).isEqualTo("c3a0310aed78739b");
        assertThat(hash(AttributeValue.of(0))).isEqualTo("ce212d751674ab5d");
        assertThat(hash(AttributeValue.of(-1))).isEqualTo("0267df4c95559d50");
    }

    private static String hash(AttributeValue key) {
        return Bytes.copyOf(KeyEncoding.position(List.of(key), List.of()), 0, KeyEncoding.HASH_BYTES)
                .toString();
    }

    @Test
    void theEndOfAPrefix() {
        assertThat(KeyEncoding.after(new byte[] {1, (byte) 0xFF})).isEqualTo(new byte[] {2});
        assertThat(KeyEncoding.after(new byte[] {(byte) 0xFF})).isNull();
    }
}
