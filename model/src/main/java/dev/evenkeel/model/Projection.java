package dev.evenkeel.model;

import java.util.Set;

/** Which attributes an index entry carries besides the keys of the table and of the index. */
public record Projection(Kind kind, Set<String> nonKeyAttributes) {

    public enum Kind {
        ALL,
        KEYS_ONLY,
        INCLUDE
    }

    public static final Projection ALL = new Projection(Kind.ALL, Set.of());
    public static final Projection KEYS_ONLY = new Projection(Kind.KEYS_ONLY, Set.of());

    public Projection {
        nonKeyAttributes = Set.copyOf(nonKeyAttributes);
        if (kind != Kind.INCLUDE && !nonKeyAttributes.isEmpty()) {
            throw new IllegalArgumentException("only INCLUDE names attributes");
        }
    }
}
