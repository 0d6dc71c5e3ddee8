package dev.evenkeel.expression;

import dev.evenkeel.model.KeySchema;

/**
 * What a Query asks of keys, before it is known which key the table or index has. DynamoDB complains about a malformed
 * key condition before it looks for the table, and about one that does not fit the key afterwards; hence two steps.
 */
public interface KeyPredicates {

    /** @throws dev.evenkeel.model.DynamoException validation, when the conditions do not select by this key */
    KeyCondition against(KeySchema schema);
}
