package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.DynamoNumber;
import dev.evenkeel.model.InvalidNumberException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bound right-hand side of an assignment. */
sealed interface Term {

    /**
     * Its value for the item as it was before the update, or null when an attribute it needs is missing.
     *
     * @throws DynamoException validation, when an operand has the wrong type or a number does not fit
     */
    @Nullable
    AttributeValue resolve(Item item);

    /** Its type when that does not depend on the item, else null. */
    @Nullable
    AttributeType knownType();

    record Constant(AttributeValue value) implements Term {
        @Override
        public AttributeValue resolve(Item item) {
            return value;
        }

        @Override
        public AttributeType knownType() {
            return value.type();
        }
    }

    record Attribute(DocumentPath path) implements Term {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            return path.find(item);
        }

        @Override
        public @Nullable AttributeType knownType() {
            return null;
        }
    }

    record Sum(boolean plus, Term left, Term right) implements Term {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            var first = typed(left.resolve(item), AttributeType.N);
            var second = typed(right.resolve(item), AttributeType.N);
            if (!(first instanceof AttributeValue.N(var a) && second instanceof AttributeValue.N(var b))) {
                return null;
            }
            return number(() -> plus ? a.plus(b) : a.minus(b));
        }

        @Override
        public AttributeType knownType() {
            return AttributeType.N;
        }
    }

    record IfNotExists(DocumentPath path, Term otherwise) implements Term {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            var existing = path.find(item);
            return existing != null ? existing : otherwise.resolve(item);
        }

        @Override
        public @Nullable AttributeType knownType() {
            return null;
        }
    }

    record Append(Term first, Term second) implements Term {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            var head = typed(first.resolve(item), AttributeType.L);
            var tail = typed(second.resolve(item), AttributeType.L);
            if (!(head instanceof AttributeValue.L(var a) && tail instanceof AttributeValue.L(var b))) {
                return null;
            }
            var all = new ArrayList<>(a);
            all.addAll(b);
            return new AttributeValue.L(all);
        }

        @Override
        public AttributeType knownType() {
            return AttributeType.L;
        }
    }

    private static @Nullable AttributeValue typed(@Nullable AttributeValue value, AttributeType type) {
        if (value != null && value.type() != type) {
            throw DynamoException.validation("An operand in the update expression has an incorrect data type");
        }
        return value;
    }

    /** A sum that does not fit is an overflow for DynamoDB even where it is too precise (measured). */
    static AttributeValue number(Supplier<DynamoNumber> sum) {
        try {
            return new AttributeValue.N(sum.get());
        } catch (InvalidNumberException unfit) {
            var message = unfit.getMessage();
            throw DynamoException.validation(
                    message != null && message.startsWith("Number underflow")
                            ? message
                            : "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
    }
}
