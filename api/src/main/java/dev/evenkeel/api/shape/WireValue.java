package dev.evenkeel.api.shape;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import org.jspecify.annotations.Nullable;

/**
 * One attribute value as it came in, with the first mistake in it, as {@link WireItem}.
 *
 * @param value the value; {@code NULL} where there is none
 * @param defect DynamoDB's message on the first thing that is wrong with it, or null
 */
public record WireValue(AttributeValue value, @Nullable String defect) {

    public static WireValue of(AttributeValue value) {
        return new WireValue(value, null);
    }

    /**
     * The value, when nothing is wrong with it.
     *
     * @throws DynamoException a validation error with the defect
     */
    public AttributeValue valid() {
        if (defect != null) {
            throw DynamoException.validation(defect);
        }
        return value;
    }

    /** As DynamoDB prints it in the message of a validation error. */
    @Override
    public String toString() {
        return PrintedValue.of(value);
    }
}
