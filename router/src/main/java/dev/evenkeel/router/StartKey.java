package dev.evenkeel.router;

import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.expression.KeyCondition;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ExclusiveStartKey} of a Query or Scan. It need not be the key of an item that exists, but one that could be
 * in what is read.
 */
final class StartKey {
    private static final String INVALID = "The provided starting key is invalid";

    /** Malformed values of these kinds are reported without the prefix; DynamoDB's own irregularity. */
    private static final Pattern REPORTED_BARE =
            Pattern.compile("contains duplicates|number set|numeric value|significant digits|number with magnitude");

    private StartKey() {}

    /**
     * The key as far as it can be judged by itself.
     *
     * @throws DynamoException validation
     */
    static @Nullable Item read(@Nullable WireItem wire) {
        if (wire == null) {
            return null;
        }
        var defect = wire.defect();
        if (defect != null) {
            throw DynamoException.validation(REPORTED_BARE.matcher(defect).find() ? defect : INVALID + ": " + defect);
        }
        return wire.item();
    }

    /**
     * Whether it has as many attributes as it must.
     *
     * @throws DynamoException validation
     */
    static void checkCount(Item key, ReadTarget target, boolean isScan) {
        if (key.attributeCount() != target.startKeyNames().size()) {
            throw DynamoException.validation(
                    isScan && target.index() == null ? INVALID + ": " + KeyValidation.KEY_MISMATCH : INVALID);
        }
    }

    /** @throws DynamoException validation, when attributes of the key that orders the target are missing or wrong */
    static void checkAttributes(Item key, List<KeyAttribute> attributes) {
        for (var attribute : attributes) {
            var value = key.get(attribute.name());
            if (value == null) {
                throw DynamoException.validation(INVALID);
            }
            if (value.type() != attribute.type()) {
                throw DynamoException.validation(KeyValidation.KEY_MISMATCH);
            }
            KeyValidation.checkNotEmpty(value, attribute.name());
        }
    }

    /** @throws DynamoException validation, when the part that is the table's key does not fit it */
    static void checkTableKey(Item key, KeySchema schema) {
        try {
            KeyValidation.positionOfItem(key, schema, KeyValidation.Wording.KEY);
        } catch (DynamoException mismatch) {
            throw DynamoException.validation(INVALID + ": " + mismatch.getMessage());
        }
    }

    /** @throws DynamoException validation, when the key lies outside of what the condition selects */
    static void checkSelected(Item key, KeyCondition condition, KeySchema schema) {
        boolean samePartition = equal(key, schema.partitionKey(), condition.partitionKey());
        boolean anySortCondition = !condition.sortEquals().isEmpty() || condition.last() != null;
        if (anySortCondition && !matchesSort(key, condition, schema.sortKey())) {
            throw DynamoException.validation("The provided starting key does not match the range key predicate");
        }
        if (!samePartition) {
            throw DynamoException.validation(
                    anySortCondition
                            ? "The query can return at most one row and cannot be restarted" // sic
                            : "The provided starting key is outside query boundaries based on provided conditions");
        }
    }

    private static boolean matchesSort(Item key, KeyCondition condition, List<KeyAttribute> sortKey) {
        if (!equal(key, sortKey, condition.sortEquals())) {
            return false;
        }
        var last = condition.last();
        if (last == null) {
            return true;
        }
        var value = key.get(sortKey.get(condition.sortEquals().size()).name());
        return value != null && last.matches(value);
    }

    private static boolean equal(Item key, List<KeyAttribute> attributes, List<AttributeValue> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).equals(key.get(attributes.get(i).name()))) {
                return false;
            }
        }
        return true;
    }
}
