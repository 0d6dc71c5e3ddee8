package dev.evenkeel.router;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeyEncoding;
import dev.evenkeel.model.KeySchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks key attributes and makes positions of them, in one go: the checked values are the ones encoded. The limits are
 * the Developer Guide's ("Partition keys and sort keys"), the messages DynamoDB's own.
 */
final class KeyValidation {
    static final String KEY_MISMATCH = "The provided key element does not match the schema";

    private KeyValidation() {}

    /** How a wrong or missing key attribute is reported. */
    enum Wording {
        /** PutItem names the attribute and what is wrong with it. */
        ITEM,
        /** Everything that takes a key, and PutRequests of a batch, say only that it does not fit. */
        KEY
    }

    /**
     * The position of a key that must have exactly the attributes of the schema.
     *
     * @throws DynamoException validation
     */
    static byte[] positionOfKey(Item key, KeySchema schema) {
        if (key.attributeCount()
                != schema.partitionKey().size() + schema.sortKey().size()) {
            throw DynamoException.validation(KEY_MISMATCH);
        }
        return position(key, schema, Wording.KEY);
    }

    /**
     * The position of an item, which has other attributes besides its key.
     *
     * @throws DynamoException validation
     */
    static byte[] positionOfItem(Item item, KeySchema schema, Wording wording) {
        return position(item, schema, wording);
    }

    private static byte[] position(Item item, KeySchema schema, Wording wording) {
        var partitionKey = values(item, schema.partitionKey(), KeySchema.PARTITION_KEY_BYTES_MAX, wording);
        var sortKey = values(item, schema.sortKey(), KeySchema.SORT_KEY_BYTES_MAX, wording);
        return KeyEncoding.position(partitionKey, sortKey);
    }

    private static List<AttributeValue> values(
            Item item, List<KeyAttribute> attributes, int bytesMax, Wording wording) {
        if (attributes.isEmpty()) {
            return List.of();
        }
        var values = new ArrayList<AttributeValue>(attributes.size());
        for (var attribute : attributes) {
            var value = item.get(attribute.name());
            values.add(checked(value, attribute, wording));
        }
        checkSize(values, bytesMax);
        return values;
    }

    private static AttributeValue checked(@Nullable AttributeValue value, KeyAttribute attribute, Wording wording) {
        if (value == null) {
            throw DynamoException.validation(
                    wording == Wording.KEY
                            ? KEY_MISMATCH
                            : "One or more parameter values were invalid: Missing the key " + attribute.name()
                                    + " in the item");
        }
        if (value.type() != attribute.type()) {
            throw DynamoException.validation(
                    wording == Wording.KEY
                            ? KEY_MISMATCH
                            : "One or more parameter values were invalid: Type mismatch for key " + attribute.name()
                                    + " expected: " + attribute.type() + " actual: " + value.type());
        }
        checkNotEmpty(value, attribute.name());
        return value;
    }

    /** Also for the key values of a Query. */
    static void checkNotEmpty(AttributeValue value, String name) {
        if (isEmpty(value)) {
            throw DynamoException.validation("One or more parameter values are not valid. The AttributeValue for a key "
                    + "attribute cannot contain an empty " + emptyKind(value.type()) + " value. Key: " + name);
        }
    }

    static boolean isEmpty(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> s.value().isEmpty();
            case AttributeValue.B b -> b.value().length() == 0;
            default -> false;
        };
    }

    static String emptyKind(AttributeType type) {
        return type == AttributeType.S ? "string" : "binary";
    }

    /** Numbers have their own limit and always fit. */
    private static void checkSize(List<AttributeValue> values, int bytesMax) {
        int bytes = 0;
        for (var value : values) {
            bytes += value.type() == AttributeType.N ? 0 : value.sizeBytes();
        }
        if (bytes <= bytesMax) {
            return;
        }
        throw DynamoException.validation(
                bytesMax == KeySchema.PARTITION_KEY_BYTES_MAX
                        // DynamoDB's own spelling, without the space
                        ? "One or more parameter values were invalid: Size of hashkey has exceeded the maximum size "
                                + "limit of2048 bytes"
                        : "One or more parameter values were invalid: Aggregated size of all range keys has exceeded "
                                + "the size limit of 1024 bytes");
    }

    static void checkPartitionKeySize(List<AttributeValue> values) {
        checkSize(values, KeySchema.PARTITION_KEY_BYTES_MAX);
    }

    static void checkSortKeySize(List<AttributeValue> values) {
        checkSize(values, KeySchema.SORT_KEY_BYTES_MAX);
    }
}
