/** The checkers themselves are checked here: against histories by hand, an obvious checker, and a simulated database. */
@NullMarked
package dev.evenkeel.verify.history;

import org.jspecify.annotations.NullMarked;
