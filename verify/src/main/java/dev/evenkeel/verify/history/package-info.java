/**
 * What clients saw, and whether a database that keeps its promises could have shown it to them. Pure: no sockets, no
 * clocks; a history comes in, verdicts go out.
 */
@NullMarked
package dev.evenkeel.verify.history;

import org.jspecify.annotations.NullMarked;
