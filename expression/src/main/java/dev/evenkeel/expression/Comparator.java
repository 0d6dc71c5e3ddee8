package dev.evenkeel.expression;

/** The comparators of the condition language, by their text. */
enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String text;

    Comparator(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Comparator of(String text) {
        for (var comparator : values()) {
            if (comparator.text.equals(text)) {
                return comparator;
            }
        }
        throw new IllegalArgumentException("not a comparator: " + text);
    }

    /** Whether it asks for an order, which only strings, numbers and binary have. */
    boolean isOrdering() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** The comparator that says the same with its operands exchanged. */
    Comparator flipped() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }
}
