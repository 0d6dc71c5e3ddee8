package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to write values and to bind expressions. */
final class Given {
    private Given() {}

    static AttributeValue s(String text) {
        return new AttributeValue.S(text);
    }

    static AttributeValue n(String number) {
        return new AttributeValue.N(DynamoNumber.parse(number));
    }

    static AttributeValue n(long number) {
        return AttributeValue.of(number);
    }

    static AttributeValue b(int... bytes) {
        var array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return new AttributeValue.B(Bytes.wrap(array));
    }

    static AttributeValue bool(boolean value) {
        return new AttributeValue.Bool(value);
    }

    static AttributeValue nul() {
        return AttributeValue.Null.VALUE;
    }

    static AttributeValue l(AttributeValue... elements) {
        return new AttributeValue.L(List.of(elements));
    }

    static AttributeValue ss(String... members) {
        return new AttributeValue.SS(List.of(members));
    }

    static AttributeValue ns(long... members) {
        return new AttributeValue.NS(
                Arrays.stream(members).mapToObj(DynamoNumber::of).toList());
    }

    static AttributeValue bs(int... members) {
        return new AttributeValue.BS(Arrays.stream(members)
                .mapToObj(member -> Bytes.wrap(new byte[] {(byte) member}))
                .toList());
    }

    /** Names and values in turn. */
    static AttributeValue m(Object... entries) {
        return new AttributeValue.M(map(entries));
    }

    /** Names and values in turn. */
    static Item item(Object... entries) {
        return Item.of(map(entries));
    }

    /** Names or placeholders and values in turn. */
    static Map<String, AttributeValue> map(Object... entries) {
        var map = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], (AttributeValue) entries[i + 1]);
        }
        return map;
    }

    static Placeholders noPlaceholders() {
        return new Placeholders(null, null);
    }

    /** Placeholders and values in turn. */
    static Placeholders values(Object... entries) {
        return new Placeholders(null, map(entries));
    }

    static Placeholders names(Map<String, String> names) {
        return new Placeholders(names, null);
    }

    static boolean matches(String condition, Item item, Object... values) {
        var placeholders = values.length == 0 ? noPlaceholders() : values(values);
        return Expressions.condition(ExpressionKind.CONDITION, condition, placeholders)
                .matches(item);
    }

    static UpdateResult update(String update, Item item, Object... values) {
        var placeholders = values.length == 0 ? noPlaceholders() : values(values);
        return Expressions.update(update, placeholders).apply(item);
    }

    /** The message of the validation error that is thrown. */
    static String refusal(ThrowingCallable action) {
        var thrown = catchThrowable(action);
        assertThat(thrown).isInstanceOf(DynamoException.class);
        assertThat(((DynamoException) thrown).code()).isEqualTo(ErrorCode.VALIDATION);
        return Objects.requireNonNull(thrown.getMessage());
    }
}
