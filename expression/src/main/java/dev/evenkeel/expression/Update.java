package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.Item;
import java.util.Map;
import java.util.Set;

/** What an UpdateItem does to an item, bound to its values. Immutable. */
public interface Update {

    /**
     * An existing item after the update. Every right-hand side is computed from {@code current}.
     *
     * @throws dev.evenkeel.model.DynamoException validation, when the update does not fit the item
     */
    UpdateResult apply(Item current);

    /**
     * The item that the update makes of nothing but a key. Differs from {@link #apply} in one thing that DynamoDB does:
     * {@code REMOVE a.b} without an {@code a} is refused when the item exists and passed over when it does not.
     *
     * @param key the key attributes
     * @throws dev.evenkeel.model.DynamoException validation, when the update needs more than a key
     */
    UpdateResult create(Item key);

    /** Whether an item that does not exist exists afterwards; an update that only clears does not make one. */
    boolean createsItem();

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
