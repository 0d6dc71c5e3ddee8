package dev.evenkeel.api.shape;

/** The answer of operations that have none; its body is empty. */
public record NoOutput() {
    public static final NoOutput INSTANCE = new NoOutput();
}
