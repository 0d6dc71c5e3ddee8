package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeValue;
import java.util.List;

/** What a Query asks of one attribute. */
record KeyPredicate(Kind kind, List<AttributeValue> values) {
    enum Kind {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        BETWEEN,
        BEGINS_WITH,
        /** One of the comparisons that only filters can make; keeps its place in the order of complaints. */
        NOT_FOR_KEYS;

        static Kind of(Comparator comparator) {
            return switch (comparator) {
                case EQUAL -> EQUAL;
                case LESS -> LESS;
                case LESS_OR_EQUAL -> LESS_OR_EQUAL;
                case GREATER -> GREATER;
                case GREATER_OR_EQUAL -> GREATER_OR_EQUAL;
                case NOT_EQUAL -> NOT_FOR_KEYS;
            };
        }
    }

    /** As the last comparison of a sort key; not for equality. */
    SortComparison sortComparison() {
        return switch (kind) {
            case LESS -> compare(SortComparison.Operator.LESS);
            case LESS_OR_EQUAL -> compare(SortComparison.Operator.LESS_OR_EQUAL);
            case GREATER -> compare(SortComparison.Operator.GREATER);
            case GREATER_OR_EQUAL -> compare(SortComparison.Operator.GREATER_OR_EQUAL);
            case BETWEEN -> new SortComparison.Between(values.getFirst(), values.getLast());
            case BEGINS_WITH -> new SortComparison.BeginsWith(values.getFirst());
            case EQUAL, NOT_FOR_KEYS -> throw new IllegalStateException(kind + " is no sort comparison");
        };
    }

    private SortComparison compare(SortComparison.Operator operator) {
        return new SortComparison.Compare(operator, values.getFirst());
    }
}
