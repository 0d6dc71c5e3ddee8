package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;

/** A comparison of a sort key attribute other than equality. */
public sealed interface SortComparison {

    /** Whether a value of the attribute's type passes. */
    boolean matches(AttributeValue value);

    enum Operator {
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    record Compare(Operator operator, AttributeValue value) implements SortComparison {
        @Override
        public boolean matches(AttributeValue other) {
            return switch (operator) {
                case LESS -> Values.test(Comparator.LESS, other, value);
                case LESS_OR_EQUAL -> Values.test(Comparator.LESS_OR_EQUAL, other, value);
                case GREATER -> Values.test(Comparator.GREATER, other, value);
                case GREATER_OR_EQUAL -> Values.test(Comparator.GREATER_OR_EQUAL, other, value);
            };
        }
    }

    /** Both bounds included. */
    record Between(AttributeValue low, AttributeValue high) implements SortComparison {
        @Override
        public boolean matches(AttributeValue value) {
            return Values.between(value, low, high);
        }
    }

    /** A prefix of a string or binary value. */
    record BeginsWith(AttributeValue prefix) implements SortComparison {
        @Override
        public boolean matches(AttributeValue value) {
            return Values.beginsWith(value, prefix);
        }
    }
}
