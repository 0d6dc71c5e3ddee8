package dev.evenkeel.expression.partiql;

/**
 * Where something stands in a statement.
 *
 * @param line from 1
 * @param column of its first character, from 1
 * @param length in characters
 */
public record Position(int line, int column, int length) {

    /** As in error messages: {@code 1:15:3}. */
    @Override
    public String toString() {
        return line + ":" + column + ":" + length;
    }
}
