package dev.evenkeel.api.shape;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * An item or key as it came in. DynamoDB looks at the values only after the constraints of the request as a whole, and at
 * a different point in each operation, so the first mistake in them is kept until then.
 *
 * @param item the attributes; something else stands in the place of a wrong value
 * @param defect DynamoDB's message on the first value that is wrong, or null when all are right
 */
public record WireItem(Item item, @Nullable String defect) {

    public static WireItem of(Item item) {
        return new WireItem(item, null);
    }

    /**
     * The item, when nothing is wrong with it.
     *
     * @throws DynamoException a validation error with the defect
     */
    public Item valid() {
        if (defect != null) {
            throw DynamoException.validation(defect);
        }
        return item;
    }

    /** As DynamoDB prints it in the message of a validation error. */
    @Override
    public String toString() {
        return PrintedValue.of(item);
    }
}
