package dev.evenkeel.server;

import java.util.concurrent.Callable;

/**
 * A picocli command of the program, found by {@link java.util.ServiceLoader}: rooms that the server does not know bring
 * theirs along. Returns the exit code.
 */
public interface Subcommand extends Callable<Integer> {}
