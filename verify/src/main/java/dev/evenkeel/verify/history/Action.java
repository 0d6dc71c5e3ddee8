package dev.evenkeel.verify.history;

/** What a client asks of one item. */
public sealed interface Action {

    /** Replaces the item, count and all. */
    record Put(String value) implements Action {
        @Override
        public State applyTo(State before) {
            return State.of(value);
        }

        @Override
        public String toString() {
            return "put " + value;
        }
    }

    /**
     * Replaces the item if its value is the expected one.
     *
     * @param expected empty when there must be no value
     */
    record PutIf(String expected, String value) implements Action {
        boolean holds(State before) {
            return before.value().equals(expected);
        }

        @Override
        public State applyTo(State before) {
            return holds(before) ? State.of(value) : before;
        }

        @Override
        public String toString() {
            return "put " + value + " if " + (expected.isEmpty() ? "no value" : expected);
        }
    }

    /** Adds to the count, which begins at 0, and leaves the value as it is. */
    record Add(long amount) implements Action {
        public Add {
            if (amount <= 0) {
                throw new IllegalArgumentException("counts only grow: " + amount);
            }
        }

        @Override
        public State applyTo(State before) {
            return new State(before.value(), before.count() + amount);
        }

        @Override
        public String toString() {
            return "add " + amount;
        }
    }

    /** The item is not there afterwards. */
    record Delete() implements Action {
        @Override
        public State applyTo(State before) {
            return State.ABSENT;
        }

        @Override
        public String toString() {
            return "delete";
        }
    }

    /** A strongly consistent read sees the item as it is; an eventually consistent one as it is or was. */
    record Read(boolean consistent) implements Action {
        @Override
        public State applyTo(State before) {
            return before;
        }

        @Override
        public String toString() {
            return consistent ? "read" : "read eventually";
        }
    }

    /** The item after it has taken effect, or has found that it must not. */
    State applyTo(State before);

    default boolean isRead() {
        return this instanceof Read;
    }

    default boolean isEventualRead() {
        return this instanceof Read read && !read.consistent();
    }

    /** The value it brings into the item; empty when it brings none. */
    default String written() {
        return switch (this) {
            case Put put -> put.value();
            case PutIf put -> put.value();
            case Add _, Delete _, Read _ -> "";
        };
    }
}
