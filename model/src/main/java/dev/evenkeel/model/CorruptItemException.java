package dev.evenkeel.model;

/** Bytes that claim to be an item and are not: damage, never a caller's mistake. */
public final class CorruptItemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CorruptItemException(String message) {
        super(message);
    }
}
