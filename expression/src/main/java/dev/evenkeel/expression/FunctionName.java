package dev.evenkeel.expression;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions of the expression languages; their names are case-sensitive. */
enum FunctionName {
    ATTRIBUTE_EXISTS(1, Place.CONDITION),
    ATTRIBUTE_NOT_EXISTS(1, Place.CONDITION),
    ATTRIBUTE_TYPE(2, Place.CONDITION),
    BEGINS_WITH(2, Place.CONDITION),
    CONTAINS(2, Place.CONDITION),
    SIZE(1, Place.OPERAND),
    IF_NOT_EXISTS(2, Place.ASSIGNMENT),
    LIST_APPEND(2, Place.ASSIGNMENT);

    /** Where a function may be called. */
    enum Place {
        CONDITION,
        OPERAND,
        ASSIGNMENT
    }

    private final String text = name().toLowerCase(Locale.ROOT);
    private final int operands;
    private final Place place;

    FunctionName(int operands, Place place) {
        this.operands = operands;
        this.place = place;
    }

    String text() {
        return text;
    }

    int operands() {
        return operands;
    }

    Place place() {
        return place;
    }

    static @Nullable FunctionName of(String text) {
        for (var function : values()) {
            if (function.text.equals(text)) {
                return function;
            }
        }
        return null;
    }
}
