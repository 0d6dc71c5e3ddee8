package dev.evenkeel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Key values out of items whose key attributes are known to be there. */
public final class Keys {
    private Keys() {}

    /** The values of those attributes, in their order. */
    public static List<AttributeValue> values(Item item, List<KeyAttribute> attributes) {
        var values = new ArrayList<AttributeValue>(attributes.size());
        for (var attribute : attributes) {
            values.add(Objects.requireNonNull(item.get(attribute.name()), attribute.name()));
        }
        return values;
    }

    /** Where the item lies in its table. */
    public static byte[] position(Item item, KeySchema schema) {
        return KeyEncoding.position(values(item, schema.partitionKey()), values(item, schema.sortKey()));
    }
}
