package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators and functions demand of their operands before any item is seen. */
final class OperandCheck {
    static final Set<AttributeType> ORDERED = Set.of(AttributeType.S, AttributeType.N, AttributeType.B);
    static final Set<AttributeType> PREFIXED = Set.of(AttributeType.S, AttributeType.B);
    static final Set<AttributeType> NUMBER = Set.of(AttributeType.N);
    static final Set<AttributeType> LIST = Set.of(AttributeType.L);
    static final Set<AttributeType> SIZED = Set.of(
            AttributeType.S,
            AttributeType.B,
            AttributeType.L,
            AttributeType.M,
            AttributeType.SS,
            AttributeType.NS,
            AttributeType.BS);

    private OperandCheck() {}

    static void count(FunctionName function, int operands) {
        if (operands != function.operands()) {
            throw new InvalidExpressionException(
                    "Incorrect number of operands for operator or function; operator or function: " + function.text()
                            + ", number of operands: " + operands);
        }
    }

    /** @param type null when it is not known, which is always right */
    static void type(String operator, @Nullable AttributeType type, Set<AttributeType> allowed) {
        if (type != null && !allowed.contains(type)) {
            throw wrongType(operator, type.name());
        }
    }

    static InvalidExpressionException wrongType(String operator, String type) {
        return new InvalidExpressionException("Incorrect operand type for operator or function; operator or function: "
                + operator + ", operand type: " + type);
    }

    static InvalidExpressionException needsPath(FunctionName function) {
        return new InvalidExpressionException(
                "Operator or function requires a document path; operator or function: " + function.text());
    }

    /** An attribute may not be compared with itself. */
    static void distinct(String operator, Operand first, List<Operand> others) {
        if (first instanceof Operand.Attribute(var path) && others.contains(first)) {
            throw new InvalidExpressionException(
                    "The first operand must be distinct from the remaining operands for this operator or function;"
                            + " operator: " + operator + ", first operand: " + path);
        }
    }

    static void bounds(Operand low, Operand high) {
        if (!(low instanceof Operand.Constant(var lower) && high instanceof Operand.Constant(var upper))) {
            return;
        }
        if (lower.type() != upper.type()) {
            throw wrongBounds("same data type for lower and upper bounds", lower, upper);
        }
        if (Values.compare(lower, upper) > 0) {
            throw wrongBounds("upper bound to be greater than or equal to lower bound", lower, upper);
        }
    }

    private static InvalidExpressionException wrongBounds(String demand, AttributeValue lower, AttributeValue upper) {
        return new InvalidExpressionException("The BETWEEN operator requires " + demand
                + "; lower bound operand: AttributeValue: " + describe(lower)
                + ", upper bound operand: AttributeValue: " + describe(upper));
    }

    private static String describe(AttributeValue value) {
        var text = switch (value) {
            case AttributeValue.S s -> s.value();
            case AttributeValue.N n -> n.value().toString();
            case AttributeValue.B b -> {
                int length = b.value().length(); // DynamoDB prints its own buffer
                yield "java.nio.HeapByteBuffer[pos=0 lim=" + length + " cap=" + length + "]";
            }
            default -> throw new IllegalArgumentException(value.type() + " has no order");
        };
        return "{" + value.type() + ":" + text + "}";
    }

    /** The type that an {@code attribute_type} names. */
    static AttributeType namedType(Operand operand) {
        if (!(operand instanceof Operand.Constant(var value))) {
            var type = operand.knownType();
            throw wrongType(
                    FunctionName.ATTRIBUTE_TYPE.text(), type == null ? "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}" : type.name());
        }
        if (!(value instanceof AttributeValue.S(var name))) {
            throw wrongType(FunctionName.ATTRIBUTE_TYPE.text(), value.type().name());
        }
        var type = AttributeType.ofWireName(name);
        if (type == null) {
            throw new InvalidExpressionException("Invalid attribute type name found; type: " + name
                    + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}");
        }
        return type;
    }
}
