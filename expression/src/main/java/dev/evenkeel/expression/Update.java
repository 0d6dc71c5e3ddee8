package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.Item;
import java.util.Map;
import java.util.Set;

/** What an UpdateItem does to an item, bound to its values. Immutable. */
public interface Update {

    /**
     * The item after the update. Every right-hand side is computed from {@code current}.
     *
     * @param current the item as it is; only its key attributes when it does not exist
     * @throws dev.evenkeel.model.DynamoException validation, when the update does not fit the item
     */
    UpdateResult apply(Item current);

    /** The top-level attributes it writes or removes, in order of appearance. */
    Set<String> attributeNames();

    /** The top-level attributes it looks into by {@code .} or {@code []}, reading or writing. */
    Set<String> nestedNames();

    /** Types of the values for whole top-level attributes, as far as they are known before any item is. */
    Map<String, AttributeType> assignedTypes();

    /**
     * What DynamoDB adds to the item without its key when it measures an UpdateItem against 400 KB: 3 for the update, 19
     * for each action that writes a value, 2 for each that clears one.
     */
    int actionCostBytes();

    ExpressionSource source();
}
