package dev.evenkeel.transport;

import org.jspecify.annotations.Nullable;

/** What a frame is for. The numbers are on the wire: never given to anything else. */
enum FrameKind {
    /** The first frame each way: who is there, of which cluster, speaking what. */
    HELLO(1),
    REQUEST(2),
    RESPONSE(3),
    /** Instead of a response; instead of a hello when the request id is 0. */
    FAILURE(4),
    PING(5),
    PONG(6);

    private static final @Nullable FrameKind[] BY_NUMBER = byNumber();

    private final int number;

    FrameKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static @Nullable FrameKind of(int number) {
        return number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    }

    private static @Nullable FrameKind[] byNumber() {
        var kinds = new @Nullable FrameKind[values().length + 1];
        for (FrameKind kind : values()) {
            kinds[kind.number] = kind;
        }
        return kinds;
    }
}
