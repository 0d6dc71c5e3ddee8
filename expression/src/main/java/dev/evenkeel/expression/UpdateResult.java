package dev.evenkeel.expression;

import dev.evenkeel.model.Item;

/**
 * An updated item.
 *
 * @param updatedOld the updated paths as they were, what {@code ReturnValues=UPDATED_OLD} answers
 * @param updatedNew the updated paths as they are now, what {@code ReturnValues=UPDATED_NEW} answers
 */
public record UpdateResult(Item item, Item updatedOld, Item updatedNew) {}
