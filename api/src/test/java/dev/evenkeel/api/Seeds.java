package dev.evenkeel.api;

import java.util.stream.LongStream;

/** Seeds for parameterised tests; a failing test's name holds the seed that replays it. */
final class Seeds {
    private Seeds() {}

    static LongStream hundred() {
        return LongStream.range(0, 100);
    }
}
