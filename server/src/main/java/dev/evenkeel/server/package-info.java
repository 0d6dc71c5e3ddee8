/**
 * One process: configuration, the wiring of all rooms, the command line, and the way to embed Evenkeel in a JVM.
 * {@link dev.evenkeel.server.Evenkeel} is the database, {@link dev.evenkeel.server.EvenkeelExtension} its form for JUnit,
 * {@link dev.evenkeel.server.Main} the program.
 */
@NullMarked
package dev.evenkeel.server;

import org.jspecify.annotations.NullMarked;
