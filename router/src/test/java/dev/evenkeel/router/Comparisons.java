package dev.evenkeel.router;

import java.util.Random;

/** The comparisons a key condition knows for a number, beside what they mean. */
enum Comparisons {
    EQUAL("sort = :low"),
    LESS("sort < :low"),
    LESS_OR_EQUAL("sort <= :low"),
    GREATER("sort > :low"),
    GREATER_OR_EQUAL("sort >= :low"),
    BETWEEN("sort between :low and :high");

    private final String text;

    Comparisons(String text) {
        this.text = text;
    }

    static Comparisons any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    String text() {
        return text;
    }

    boolean isBetween() {
        return this == BETWEEN;
    }

    boolean holds(long value, long low, long high) {
        return switch (this) {
            case EQUAL -> value == low;
            case LESS -> value < low;
            case LESS_OR_EQUAL -> value <= low;
            case GREATER -> value > low;
            case GREATER_OR_EQUAL -> value >= low;
            case BETWEEN -> low <= value && value <= high;
        };
    }
}
