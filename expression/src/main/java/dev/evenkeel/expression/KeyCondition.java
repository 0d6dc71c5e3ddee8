package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a Query asks of the key: all partition key values, the first sort key values, and perhaps one more comparison on
 * the sort key attribute that follows them.
 *
 * @param partitionKey one value for each partition key attribute, in the schema's order
 * @param sortEquals values for the first sort key attributes, in the schema's order
 * @param last on sort key attribute number {@code sortEquals.size()}; null when there is none
 */
public record KeyCondition(
        List<AttributeValue> partitionKey,
        List<AttributeValue> sortEquals,
        @Nullable SortComparison last) {
    public KeyCondition {
        partitionKey = List.copyOf(partitionKey);
        sortEquals = List.copyOf(sortEquals);
    }
}
