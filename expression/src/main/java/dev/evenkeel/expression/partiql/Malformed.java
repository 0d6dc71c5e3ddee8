package dev.evenkeel.expression.partiql;

import dev.evenkeel.model.DynamoException;

/** What DynamoDB answers to a text that is no statement. */
final class Malformed {
    private Malformed() {}

    /** @param detail in the words of the language's reference parser; empty where DynamoDB gives none */
    static DynamoException because(String detail) {
        return DynamoException.validation("Statement wasn't well formed, can't be processed: " + detail);
    }

    /** A character that starts nothing, something that is not closed, or a number out of all bounds. */
    static DynamoException unreadable() {
        return because("");
    }
}
