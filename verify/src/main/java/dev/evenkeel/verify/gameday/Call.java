package dev.evenkeel.verify.gameday;

/**
 * One request as the caller of an SDK sees it: with all its attempts.
 *
 * @param attempts requests that were sent for it
 * @param failures those that were not answered, or with a 5xx
 */
record Call(
        long begunNanos,
        long endedNanos,
        String table,
        boolean isWrite,
        boolean isAnswered,
        int attempts,
        int failures) {}
