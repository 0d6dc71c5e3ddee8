package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/** A bound operand of a condition. */
sealed interface Operand {

    /** Its value for this item, or null when it has none. */
    @Nullable
    AttributeValue resolve(Item item);

    /** Its type when that does not depend on the item, else null. */
    @Nullable
    AttributeType knownType();

    record Constant(AttributeValue value) implements Operand {
        @Override
        public AttributeValue resolve(Item item) {
            return value;
        }

        @Override
        public AttributeType knownType() {
            return value.type();
        }
    }

    record Attribute(DocumentPath path) implements Operand {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            return path.find(item);
        }

        @Override
        public @Nullable AttributeType knownType() {
            return null;
        }
    }

    record Size(Operand of) implements Operand {
        @Override
        public @Nullable AttributeValue resolve(Item item) {
            var value = of.resolve(item);
            int size = value == null ? -1 : Values.size(value);
            return size < 0 ? null : AttributeValue.of(size);
        }

        @Override
        public AttributeType knownType() {
            return AttributeType.N;
        }
    }
}
