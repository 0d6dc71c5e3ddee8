package dev.evenkeel.router;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An item that lacks an index's key is left out of the index; one that has it in the wrong type, or empty, is refused.
 * Of several indexes that object DynamoDB names the first by name.
 */
final class IndexKeyValidation {
    private IndexKeyValidation() {}

    /** @throws DynamoException validation */
    static void checkItem(Item item, TableSchema schema) {
        if (schema.localIndexes().isEmpty() && schema.globalIndexes().isEmpty()) {
            return;
        }
        Offence first = null;
        for (var index : schema.indexes()) {
            for (var attribute : index.key().attributes()) {
                var found = offence(item, index, attribute);
                if (found != null && (first == null || found.comesBefore(first))) {
                    first = found;
                }
            }
        }
        if (first != null) {
            throw first.asException();
        }
    }

    private static @Nullable Offence offence(Item item, IndexSchema index, KeyAttribute attribute) {
        var type = item.typeOf(attribute.name());
        if (type == null) {
            return null;
        }
        if (type != attribute.type()) {
            return Offence.ofType(index, attribute, type);
        }
        var value = Objects.requireNonNull(item.get(attribute.name()));
        if (type != AttributeType.N && KeyValidation.isEmpty(value)) {
            return Offence.ofEmpty(index, attribute);
        }
        return index.refusalOfSize(attribute, value)
                .map(message -> new Offence(index.name(), message))
                .orElse(null);
    }

    /**
     * What an update assigns, as far as it shows before the item is known.
     *
     * @throws DynamoException validation
     */
    static void checkAssigned(Map<String, AttributeType> assigned, TableSchema schema) {
        if (assigned.isEmpty()) {
            return;
        }
        Offence first = null;
        for (var index : schema.indexes()) {
            for (var attribute : index.key().attributes()) {
                var type = assigned.get(attribute.name());
                if (type == null || type == attribute.type()) {
                    continue;
                }
                var found = Offence.ofType(index, attribute, type);
                if (first == null || found.comesBefore(first)) {
                    first = found;
                }
            }
        }
        if (first != null) {
            throw first.asException();
        }
    }

    private record Offence(String index, String message) {
        static Offence ofType(IndexSchema index, KeyAttribute attribute, AttributeType actual) {
            return new Offence(
                    index.name(),
                    "One or more parameter values were invalid: Type mismatch for Index Key " + attribute.name()
                            + " Expected: " + attribute.type() + " Actual: " + actual + " IndexName: "
                            + index.name());
        }

        static Offence ofEmpty(IndexSchema index, KeyAttribute attribute) {
            return new Offence(
                    index.name(),
                    "One or more parameter values are not valid. A value specified for a secondary index key is not "
                            + "supported. The AttributeValue for a key attribute cannot contain an empty "
                            + KeyValidation.emptyKind(attribute.type()) + " value. IndexName: " + index.name()
                            + ", IndexKey: " + attribute.name());
        }

        boolean comesBefore(Offence other) {
            return index.compareTo(other.index) < 0;
        }

        DynamoException asException() {
            return DynamoException.validation(message);
        }
    }
}
