/**
 * {@code evenkeel gameday}: real processes on this machine, real clients, and bad things done to them one after another,
 * while every request is written down. Afterwards the checkers of {@code dev.evenkeel.verify.history} say whether the
 * database kept its promises, and a report says how long clients had to wait.
 *
 * <p>All choices come from one seed: which fault, whom, when, for how long; what each client asks for. What cannot be
 * chosen is how threads and processes interleave, so a seed replays the day, not every moment of it; the history that
 * failed is kept, and checking it again is exact.
 */
@NullMarked
package dev.evenkeel.verify.gameday;

import org.jspecify.annotations.NullMarked;
