package dev.evenkeel.partition;

import dev.evenkeel.expression.UpdateResult;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemSize;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What a write makes of an item: a function of the schema, the item as it is and the request.
 *
 * @param after null when the item is gone
 * @param update what an update touched; null for a put or delete
 * @param isExpiry whether the service removes the item because its time has come
 */
record WriteEvaluation(@Nullable Item after, @Nullable UpdateResult update, boolean isExpiry) {

    WriteEvaluation(@Nullable Item after, @Nullable UpdateResult update) {
        this(after, update, false);
    }

    /** @throws DynamoException when the result may not be stored; the condition is not looked at here */
    static WriteEvaluation of(TableSchema schema, ItemWrite write, @Nullable Item before) {
        return switch (write) {
            case ItemWrite.Put put -> new WriteEvaluation(put.item(), null);
            case ItemWrite.Delete _ -> new WriteEvaluation(null, null);
            case ItemWrite.Expire _ -> new WriteEvaluation(null, null, true);
            case ItemWrite.Check _ -> new WriteEvaluation(before, null);
            case ItemWrite.Change change -> change(schema, change, before);
        };
    }

    static boolean conditionHolds(ItemWrite write, @Nullable Item before) {
        if (write instanceof ItemWrite.Expire expire) {
            return expire.isStillSo(before);
        }
        var condition = write.condition();
        return condition == null || condition.matches(before);
    }

    private static WriteEvaluation change(TableSchema schema, ItemWrite.Change change, @Nullable Item before) {
        if (before == null && !change.update().createsItem()) {
            return new WriteEvaluation(null, new UpdateResult(Item.EMPTY, Item.EMPTY, Item.EMPTY));
        }
        var result = before == null
                ? change.update().create(change.key())
                : change.update().apply(before);
        checkSize(change, result.item());
        checkIndexKeys(schema, before, result.item());
        return new WriteEvaluation(result.item(), result);
    }

    /**
     * An update's ceiling is not a put's: the item without its key, plus what the update's actions cost, must also fit
     * (measured against DynamoDB by the dynoxide project).
     */
    private static void checkSize(ItemWrite.Change change, Item after) {
        int withoutKey = after.sizeBytes() - change.key().sizeBytes();
        int size = Math.max(after.sizeBytes(), withoutKey + change.update().actionCostBytes());
        if (size > ItemSize.ITEM_BYTES_MAX) {
            throw DynamoException.validation("Item size to update has exceeded the maximum allowed size");
        }
    }

    /**
     * An update may take an index key attribute away, but not give it a value that no index could hold. What shows in the
     * request alone has been refused before; this is for values that come out of the item.
     */
    private static void checkIndexKeys(TableSchema schema, @Nullable Item before, Item after) {
        var indexes = schema.indexes();
        if (indexes.isEmpty()) {
            return;
        }
        indexes.sort(Comparator.comparing(IndexSchema::name)); // DynamoDB names the first by name
        for (var index : indexes) {
            for (var attribute : index.key().attributes()) {
                var value = after.get(attribute.name());
                if (value != null && (before == null || !value.equals(before.get(attribute.name())))) {
                    checkIndexKey(index, attribute, value);
                }
            }
        }
    }

    private static void checkIndexKey(IndexSchema index, KeyAttribute attribute, AttributeValue value) {
        if (value.type() != attribute.type()) {
            throw DynamoException.validation(
                    "The update expression attempted to update the secondary index key to unsupported type");
        }
        var empty = switch (value) {
            case AttributeValue.S s when s.value().isEmpty() -> "string";
            case AttributeValue.B b when b.value().length() == 0 -> "binary";
            default -> null;
        };
        if (empty != null) {
            throw DynamoException.validation("One or more parameter values are not valid. The update expression"
                    + " attempted to update a secondary index key to a value that is not supported. The"
                    + " AttributeValue for a key attribute cannot contain an empty " + empty + " value.");
        }
        index.refusalOfSize(attribute, value).ifPresent(message -> {
            throw DynamoException.validation(message);
        });
    }

    /** Bytes of the larger of the two items, which is what a write is charged for. */
    static int chargedBytes(@Nullable Item before, @Nullable Item after) {
        return Math.max(sizeOf(before), sizeOf(after));
    }

    static int sizeOf(@Nullable Item item) {
        return item == null ? 0 : item.sizeBytes();
    }
}
