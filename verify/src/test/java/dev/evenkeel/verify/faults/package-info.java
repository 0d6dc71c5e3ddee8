/**
 * Bad days of the whole program: it runs as a process of its own, on a real folder and a real socket, and is killed,
 * given damaged files, full disks and hostile clients.
 *
 * <p>Every random choice comes from a seed that failures name. {@code -Devenkeel.seed=17} replays one, {@code
 * -Devenkeel.faults.rounds=100} makes a campaign of it.
 */
@NullMarked
package dev.evenkeel.verify.faults;

import org.jspecify.annotations.NullMarked;
