package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bound condition, whole or part. */
sealed interface Test {

    boolean holds(Item item);

    record AllOf(List<Test> parts) implements Test {
        @Override
        public boolean holds(Item item) {
            for (var part : parts) {
                if (!part.holds(item)) {
                    return false;
                }
            }
            return true;
        }
    }

    record AnyOf(List<Test> parts) implements Test {
        @Override
        public boolean holds(Item item) {
            for (var part : parts) {
                if (part.holds(item)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Negation(Test of) implements Test {
        @Override
        public boolean holds(Item item) {
            return !of.holds(item);
        }
    }

    record Compared(Comparator comparator, Operand left, Operand right) implements Test {
        @Override
        public boolean holds(Item item) {
            return Values.test(comparator, left.resolve(item), right.resolve(item));
        }
    }

    record Between(Operand value, Operand low, Operand high) implements Test {
        @Override
        public boolean holds(Item item) {
            return Values.between(value.resolve(item), low.resolve(item), high.resolve(item));
        }
    }

    record OneOf(Operand value, List<Operand> options) implements Test {
        @Override
        public boolean holds(Item item) {
            var wanted = value.resolve(item);
            if (wanted == null) {
                return false;
            }
            for (var option : options) {
                if (wanted.equals(option.resolve(item))) {
                    return true;
                }
            }
            return false;
        }
    }

    record Exists(DocumentPath path) implements Test {
        @Override
        public boolean holds(Item item) {
            return path.isTopLevel() ? item.contains(path.attribute()) : path.find(item) != null;
        }
    }

    record Missing(DocumentPath path) implements Test {
        @Override
        public boolean holds(Item item) {
            return !new Exists(path).holds(item);
        }
    }

    record HasType(Operand value, AttributeType type) implements Test {
        @Override
        public boolean holds(Item item) {
            if (value instanceof Operand.Attribute(var path) && path.isTopLevel()) {
                return item.typeOf(path.attribute()) == type;
            }
            var actual = value.resolve(item);
            return actual != null && actual.type() == type;
        }
    }

    record BeginsWith(Operand value, Operand prefix) implements Test {
        @Override
        public boolean holds(Item item) {
            return Values.beginsWith(value.resolve(item), prefix.resolve(item));
        }
    }

    record Contains(Operand container, Operand part) implements Test {
        @Override
        public boolean holds(Item item) {
            return Values.contains(container.resolve(item), part.resolve(item));
        }
    }

    /** Legacy NOT_CONTAINS: false, as CONTAINS is, when the attribute is missing (measured on DynamoDB). */
    record ContainsNot(DocumentPath path, AttributeValue part) implements Test {
        @Override
        public boolean holds(Item item) {
            @Nullable AttributeValue container = path.find(item);
            return container != null && !Values.contains(container, part);
        }
    }
}
