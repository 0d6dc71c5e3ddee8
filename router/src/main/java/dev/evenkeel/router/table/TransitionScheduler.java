package dev.evenkeel.router.table;

import java.time.Duration;

/** Runs the slow half of table operations later. */
@FunctionalInterface
public interface TransitionScheduler {

    /** Runs the work once, on another thread, when the delay has passed by the clock of whoever made this. */
    void schedule(Duration delay, Runnable work);
}
