/**
 * A wall clock and a pace of time for one process. The operating system has one clock for all of them, so the clock is
 * changed inside the JVM, by an agent that only the harness starts: {@code -javaagent:JAR=FILE}. The program itself has no
 * such lever, and what it uses besides its own code, such as the Raft engine and TLS, is deceived alike.
 *
 * <p>What the agent needs must be found by the JDK's own classes, so nothing here uses anything but the JDK.
 */
@NullMarked
package dev.evenkeel.verify.clock;

import org.jspecify.annotations.NullMarked;
