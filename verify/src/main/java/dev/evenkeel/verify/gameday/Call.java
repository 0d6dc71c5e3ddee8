package dev.evenkeel.verify.gameday;

import java.util.List;

/** One request as the caller of an SDK sees it: with all its attempts, at least one. */
record Call(long endedNanos, String client, String table, boolean isWrite, List<Attempt> attempts) {

    /** @param isAnswered with anything but a 5xx */
    record Attempt(String zone, boolean isAnswered) {}

    Call {
        attempts = List.copyOf(attempts);
    }

    /** Nobody tries again after an answer, so the last attempt tells. */
    boolean isAnswered() {
        return attempts.getLast().isAnswered();
    }

    /** As if that had been all of it. */
    Call only(Attempt attempt) {
        return new Call(endedNanos, client, table, isWrite, List.of(attempt));
    }
}
