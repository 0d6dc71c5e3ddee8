package dev.evenkeel.model;

/** One attribute of a key: its name and its type, which is S, N or B. */
public record KeyAttribute(String name, AttributeType type) {
    public KeyAttribute {
        if (!type.isScalarKey()) {
            throw new IllegalArgumentException("a key attribute is S, N or B, not " + type);
        }
    }
}
