package dev.evenkeel.expression;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import org.jspecify.annotations.Nullable;

/** One action of a bound update. */
sealed interface UpdateAction {
    int WRITE_COST_BYTES = 19;
    int CLEAR_COST_BYTES = 2;

    DocumentPath target();

    /** Which clause of the expression it stands in, counted from 0. */
    int clause();

    /**
     * What it does to its target. Decodes the target only when the outcome depends on it.
     *
     * @throws DynamoException validation, when the types do not fit
     */
    Effect effect(Item item);

    /** Whether it can only take away, so that on its own it makes no new item. */
    boolean onlyClears();

    /** The type its target has afterwards when that does not depend on the item, else null. */
    @Nullable
    AttributeType assignedType();

    default int costBytes() {
        return onlyClears() ? CLEAR_COST_BYTES : WRITE_COST_BYTES;
    }

    sealed interface Effect {}

    record Write(AttributeValue value) implements Effect {}

    enum Plain implements Effect {
        REMOVE,
        NOTHING,
        /** A value to assign that is not in the item. */
        MISSING
    }

    record Assign(int clause, DocumentPath target, Term term) implements UpdateAction {
        @Override
        public Effect effect(Item item) {
            var value = term.resolve(item);
            return value == null ? Plain.MISSING : new Write(value);
        }

        @Override
        public boolean onlyClears() {
            return false;
        }

        @Override
        public @Nullable AttributeType assignedType() {
            return term.knownType();
        }
    }

    record Clear(int clause, DocumentPath target) implements UpdateAction {
        @Override
        public Effect effect(Item item) {
            return Plain.REMOVE;
        }

        @Override
        public boolean onlyClears() {
            return true;
        }

        @Override
        public @Nullable AttributeType assignedType() {
            return null;
        }
    }

    /** Adds to a number or a set, in {@code AttributeUpdates} also to a list. */
    record Add(int clause, DocumentPath target, AttributeValue value, String mismatch) implements UpdateAction {
        @Override
        public Effect effect(Item item) {
            var current = target.find(item);
            if (current == null) {
                return new Write(value);
            }
            if (current.type() != value.type()) {
                throw DynamoException.validation(mismatch);
            }
            return new Write(Sets.plus(current, value));
        }

        @Override
        public boolean onlyClears() {
            return false;
        }

        @Override
        public AttributeType assignedType() {
            return value.type();
        }
    }

    /** Takes members from a set; a set does not stay empty. */
    record Subtract(int clause, DocumentPath target, AttributeValue value, String mismatch) implements UpdateAction {
        @Override
        public Effect effect(Item item) {
            var current = target.find(item);
            if (current == null) {
                return Plain.NOTHING;
            }
            if (current.type() != value.type()) {
                throw DynamoException.validation(mismatch);
            }
            var left = Sets.minus(current, value);
            return left == null ? Plain.REMOVE : new Write(left);
        }

        @Override
        public boolean onlyClears() {
            return true;
        }

        @Override
        public AttributeType assignedType() {
            return value.type();
        }
    }
}
