package dev.evenkeel.server.transfer;

/** What an endpoint answers to a request that it does not carry out, and that is no use to send again. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String type;

    /** @param type the error's name without its namespace, e.g. {@code ValidationException}; may be empty */
    RefusedException(String type, String message) {
        super(message, null, false, false);
        this.type = type;
    }

    boolean isFor(String expectedType) {
        return type.equals(expectedType);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
