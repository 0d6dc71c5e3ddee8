package dev.evenkeel.api.generator;

/** Which way a shape travels; some go both ways, as what a batch leaves unprocessed. */
enum Direction {
    REQUEST,
    ANSWER,
    BOTH;

    boolean isRead() {
        return this != ANSWER;
    }

    boolean isWritten() {
        return this != REQUEST;
    }

    Direction and(Direction other) {
        return this == other ? this : BOTH;
    }
}
