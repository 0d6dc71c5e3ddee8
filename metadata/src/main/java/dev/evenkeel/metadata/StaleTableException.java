package dev.evenkeel.metadata;

/** A change was made from a table that has changed since: look again and decide again. Not an answer for a client. */
public final class StaleTableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StaleTableException(String tableName, long seen, long now) {
        super("table " + tableName + " is at version " + now + ", not " + seen, null, false, false);
    }
}
