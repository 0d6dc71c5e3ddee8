package dev.evenkeel.model;

/**
 * Sizes as DynamoDB counts them for limits and capacity (Developer Guide, "DynamoDB item sizes and formats"): a name and
 * a string by their UTF-8 bytes, a number by {@link DynamoNumber#sizeBytes}, binary by its bytes, null and boolean 1, a
 * list or map 3 and 1 more for each element, sets the sum of their members.
 */
public final class ItemSize {
    /** The largest item: 400 KB of names and values. */
    public static final int ITEM_BYTES_MAX = 400 * 1024;

    static final int CONTAINER_BYTES = 3;
    static final int ELEMENT_BYTES = 1;

    private ItemSize() {}

    static int ofValue(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> Utf8.length(s.value());
            case AttributeValue.N n -> n.value().sizeBytes();
            case AttributeValue.B b -> b.value().length();
            case AttributeValue.Bool _, AttributeValue.Null _ -> 1;
            case AttributeValue.SS ss ->
                ss.value().stream().mapToInt(Utf8::length).sum();
            case AttributeValue.NS ns ->
                ns.value().stream().mapToInt(DynamoNumber::sizeBytes).sum();
            case AttributeValue.BS bs ->
                bs.value().stream().mapToInt(Bytes::length).sum();
            case AttributeValue.L l -> {
                int size = CONTAINER_BYTES;
                for (var element : l.value()) {
                    size += ELEMENT_BYTES + ofValue(element);
                }
                yield size;
            }
            case AttributeValue.M m -> {
                int size = CONTAINER_BYTES;
                for (var entry : m.value().entrySet()) {
                    size += ELEMENT_BYTES + Utf8.length(entry.getKey()) + ofValue(entry.getValue());
                }
                yield size;
            }
        };
    }
}
