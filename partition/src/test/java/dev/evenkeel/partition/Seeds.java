package dev.evenkeel.partition;

import java.util.stream.LongStream;

/** Seeds for parameterised tests; a failing test's name holds the seed that replays it. */
final class Seeds {
    private Seeds() {}

    static LongStream thirty() {
        return LongStream.range(0, 30);
    }
}
