package dev.evenkeel.model;

/** A text or a result that DynamoDB does not take for a number; the message is DynamoDB's own. */
public final class InvalidNumberException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InvalidNumberException(String message) {
        super(message, null, false, false);
    }
}
