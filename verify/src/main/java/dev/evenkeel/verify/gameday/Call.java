package dev.evenkeel.verify.gameday;

/**
 * One request as the caller of an SDK sees it: with all its attempts.
 *
 * @param failures requests that were not answered, or with a 5xx
 */
record Call(long endedNanos, String table, boolean isWrite, boolean isAnswered, int failures) {

    /** Requests that were sent for it. */
    int attempts() {
        return failures + (isAnswered ? 1 : 0);
    }
}
