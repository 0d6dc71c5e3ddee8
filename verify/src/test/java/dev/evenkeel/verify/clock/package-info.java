/** The agent that gives a process its own clocks, in a process of its own. */
@NullMarked
package dev.evenkeel.verify.clock;

import org.jspecify.annotations.NullMarked;
