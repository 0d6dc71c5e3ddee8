package dev.evenkeel.server.transfer;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.PutItemInput;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a line {@code {"Item":{…}}} for what is wrong with it and for its key; the rest is up to the table. Such a line is
 * the body of a PutItem without its table, so the API's own reader tells what is no item.
 */
record ItemReader(KeySchema key) {
    private static final String EXPECTED = "expected {\"Item\":{…}}";

    /** Why a line is no item; the message is for the person who has to mend it. */
    static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean ofKey;

        BadLineException(String message, boolean ofKey) {
            super(message, null, false, false);
            this.ofKey = ofKey;
        }

        /** Whether it is an item, but not one of a table with this key. */
        boolean isOfKey() {
            return ofKey;
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** The key's values, partition key first: equal when they are the same item's. */
    List<AttributeValue> keyOf(JsonLine line) throws BadLineException {
        Item item = item(line.document());
        var values = new ArrayList<AttributeValue>();
        for (KeyAttribute attribute : key.attributes()) {
            values.add(value(item, attribute));
        }
        return values;
    }

    private static Item item(byte[] document) throws BadLineException {
        try {
            @Nullable WireItem item = putItem().read(document).item();
            if (item == null) {
                throw new BadLineException(EXPECTED, false);
            }
            return item.valid();
        } catch (DynamoException e) {
            boolean isShape = e.code() == ErrorCode.SERIALIZATION;
            throw new BadLineException(isShape ? EXPECTED + because(e.getMessage()) : e.getMessage(), false);
        }
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + reason;
    }

    @SuppressWarnings("unchecked") // the name says the type
    private static Operation<PutItemInput, ?> putItem() {
        return (Operation<PutItemInput, ?>) Operation.named("PutItem").orElseThrow();
    }

    private static AttributeValue value(Item item, KeyAttribute attribute) throws BadLineException {
        AttributeValue value = item.get(attribute.name());
        if (value == null) {
            throw new BadLineException("the key attribute " + attribute.name() + " is missing", true);
        }
        if (value.type() != attribute.type()) {
            throw new BadLineException(
                    "the key attribute " + attribute.name() + " has type " + value.type() + ", the table's has type "
                            + attribute.type(),
                    true);
        }
        return value;
    }
}
