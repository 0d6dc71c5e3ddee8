package dev.evenkeel.router;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.TableSchema;
import java.util.List;
import java.util.Set;

/** Keys are scalars, so no path may lead into one. */
final class KeyPaths {
    private KeyPaths() {}

    /**
     * @param nestedNames top-level attributes that an expression looks into
     * @throws DynamoException validation
     */
    static void check(Set<String> nestedNames, TableSchema schema) {
        if (nestedNames.isEmpty()) {
            return;
        }
        check(nestedNames, schema.key().attributes(), "Key");
        for (IndexSchema index : schema.globalIndexes()) {
            check(nestedNames, index.key().attributes(), "IndexKey");
        }
        for (IndexSchema index : schema.localIndexes()) {
            check(nestedNames, index.key().attributes(), "IndexKey");
        }
    }

    private static void check(Set<String> nestedNames, List<KeyAttribute> keys, String what) {
        for (var key : keys) {
            if (nestedNames.contains(key.name())) {
                throw DynamoException.validation("Key attributes must be scalars; list random access '[]' and map "
                        + "lookup '.' are not allowed: " + what + ": " + key.name());
            }
        }
    }
}
