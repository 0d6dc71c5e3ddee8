package dev.evenkeel.model;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the data path needs to know of a table whose items expire: a top-level number of an item is the second, since the
 * epoch, behind which its time has come.
 *
 * @param id of this setting: no other one of the table has it, and later ones have greater ones
 * @param attribute which may be any, a key of the table among them
 */
public record ExpirySchema(long id, String attribute) {
    /** Later than any clock in milliseconds can tell. */
    private static final DynamoNumber NEVER = DynamoNumber.of(Long.MAX_VALUE / 1_000);

    /**
     * When an item's time has come, in whole seconds: a fraction is cut off. Empty when it never does: the attribute is not
     * there, is no number, or no time that a clock can show.
     */
    public OptionalLong secondOf(@Nullable Item item) {
        if (item == null || !(item.get(attribute) instanceof AttributeValue.N(var number))) {
            return OptionalLong.empty();
        }
        return number.compareTo(DynamoNumber.ZERO) < 0 || number.compareTo(NEVER) >= 0
                ? OptionalLong.empty()
                : OptionalLong.of(number.toBigDecimal().longValue());
    }
}
