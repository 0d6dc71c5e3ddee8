package dev.evenkeel.expression;

import dev.evenkeel.expression.KeyPredicate.Kind;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.List;

/** {@code ComparisonOperator}: how many values of which types each takes, and what it means. */
enum LegacyOperator {
    EQ(1, 1, Kind.EQUAL),
    NE(1, 1, Kind.NOT_FOR_KEYS),
    LE(1, 1, Kind.LESS_OR_EQUAL),
    LT(1, 1, Kind.LESS),
    GE(1, 1, Kind.GREATER_OR_EQUAL),
    GT(1, 1, Kind.GREATER),
    NOT_NULL(0, 0, Kind.NOT_FOR_KEYS),
    NULL(0, 0, Kind.NOT_FOR_KEYS),
    CONTAINS(1, 1, Kind.NOT_FOR_KEYS),
    NOT_CONTAINS(1, 1, Kind.NOT_FOR_KEYS),
    BEGINS_WITH(1, 1, Kind.BEGINS_WITH),
    IN(1, Integer.MAX_VALUE, Kind.NOT_FOR_KEYS),
    BETWEEN(2, 2, Kind.BETWEEN);

    private final int valuesMin;
    private final int valuesMax;
    private final Kind kind;

    LegacyOperator(int valuesMin, int valuesMax, Kind kind) {
        this.valuesMin = valuesMin;
        this.valuesMax = valuesMax;
        this.kind = kind;
    }

    /** @throws DynamoException validation, when there is none; requests are checked for this before */
    static LegacyOperator named(String name) {
        for (var operator : values()) {
            if (operator.name().equals(name)) {
                return operator;
            }
        }
        throw DynamoException.validation("Unsupported ComparisonOperator: " + name);
    }

    void checkCount(int count) {
        if (count < valuesMin || count > valuesMax) {
            throw invalid("Invalid number of argument(s) for the " + name() + " ComparisonOperator");
        }
    }

    /** Checks all but the count. */
    void checkValues(List<AttributeValue> values) {
        for (var value : values) {
            if (value.type() != values.getFirst().type()) {
                throw invalid("AttributeValues inside AttributeValueList must be of same type");
            }
        }
        for (var value : values) {
            if (!takes(value.type())) {
                throw invalid(
                        "ComparisonOperator " + name() + " is not valid for " + value.type() + " AttributeValue type");
            }
        }
        if (this == BETWEEN && Values.compare(values.getFirst(), values.getLast()) > 0) {
            throw DynamoException.validation(
                    "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
        }
    }

    private boolean takes(AttributeType type) {
        return switch (this) {
            case EQ, NE -> true;
            case LE, LT, GE, GT, IN, BETWEEN -> OperandCheck.ORDERED.contains(type);
            case BEGINS_WITH -> OperandCheck.PREFIXED.contains(type);
            case CONTAINS, NOT_CONTAINS -> Values.SCALARS.contains(type);
            case NULL, NOT_NULL -> false;
        };
    }

    static DynamoException invalid(String problem) {
        return DynamoException.validation("One or more parameter values were invalid: " + problem);
    }

    KeyPredicate keyPredicate(List<AttributeValue> values) {
        return new KeyPredicate(kind, values);
    }

    Test test(DocumentPath path, List<AttributeValue> values) {
        var attribute = new Operand.Attribute(path);
        var operands = values.stream().<Operand>map(Operand.Constant::new).toList();
        return switch (this) {
            case EQ -> new Test.Compared(Comparator.EQUAL, attribute, operands.getFirst());
            case NE -> new Test.Compared(Comparator.NOT_EQUAL, attribute, operands.getFirst());
            case LE -> new Test.Compared(Comparator.LESS_OR_EQUAL, attribute, operands.getFirst());
            case LT -> new Test.Compared(Comparator.LESS, attribute, operands.getFirst());
            case GE -> new Test.Compared(Comparator.GREATER_OR_EQUAL, attribute, operands.getFirst());
            case GT -> new Test.Compared(Comparator.GREATER, attribute, operands.getFirst());
            case NOT_NULL -> new Test.Exists(path);
            case NULL -> new Test.Missing(path);
            case CONTAINS -> new Test.Contains(attribute, operands.getFirst());
            case NOT_CONTAINS -> new Test.ContainsNot(path, values.getFirst());
            case BEGINS_WITH -> new Test.BeginsWith(attribute, operands.getFirst());
            case IN -> new Test.OneOf(attribute, operands);
            case BETWEEN -> new Test.Between(attribute, operands.getFirst(), operands.getLast());
        };
    }
}
