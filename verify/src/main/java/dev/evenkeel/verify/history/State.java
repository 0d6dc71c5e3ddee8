package dev.evenkeel.verify.history;

/**
 * What an item holds: a value, which puts replace, and a count, which updates add to. An item that is not there holds
 * neither, and nobody writes an item that holds neither.
 *
 * @param value empty when there is none
 * @param count 0 when there is none; counts only ever grow
 */
public record State(String value, long count) {
    public static final State ABSENT = new State("", 0);

    /** @throws IllegalArgumentException when no item of a history could be so */
    public State {
        if (count < 0) {
            throw new IllegalArgumentException("a count only grows from 0: " + count);
        }
    }

    public static State of(String value) {
        return new State(value, 0);
    }

    public static State counted(long count) {
        return new State("", count);
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    @Override
    public String toString() {
        if (equals(ABSENT)) {
            return "absent";
        }
        if (count == 0) {
            return value;
        }
        return hasValue() ? value + " count " + count : "count " + count;
    }
}
