package dev.evenkeel.verify.clock;

/**
 * A method of a class, whatever it takes.
 *
 * @param owner as class files name classes: {@code java/lang/System}
 */
record MethodName(String owner, String name) {}
