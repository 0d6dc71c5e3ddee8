package dev.evenkeel.replication;

import org.jspecify.annotations.Nullable;

/**
 * What a record of a Raft group says. In brackets what its index, term and payload are, where it is not obvious; what is
 * not named is 0 or empty.
 */
enum RaftRecordKind {
    DATA(1),
    CONFIGURATION(2),
    NO_OP(3),
    /** The group's vote (term, whom as payload). */
    VOTE(4),
    /** Entries before this one are dropped (the first kept). */
    PREFIX(5),
    /** Entries behind this one are dropped (the last kept). */
    SUFFIX(6),
    /** All entries are dropped (the next one). */
    RESET(7),
    /** The group has left this node, and takes its vote along. */
    DROP(8),
    /** How all groups stand where a segment begins (the segment's number, see {@link RaftStatement}). */
    STATEMENT(9);

    private static final RaftRecordKind[] BY_CODE = new RaftRecordKind[values().length];

    final byte code;

    static {
        for (var kind : values()) {
            BY_CODE[kind.code - 1] = kind;
        }
    }

    RaftRecordKind(int code) {
        this.code = (byte) code;
    }

    /** Null when there is none. */
    static @Nullable RaftRecordKind of(byte code) {
        return code >= 1 && code <= BY_CODE.length ? BY_CODE[code - 1] : null;
    }

    static RaftRecordKind of(RaftEntry.Kind kind) {
        return switch (kind) {
            case DATA -> DATA;
            case CONFIGURATION -> CONFIGURATION;
            case NO_OP -> NO_OP;
        };
    }

    /** What kind of entry it is; null when it is none. */
    RaftEntry.@Nullable Kind entryKind() {
        return switch (this) {
            case DATA -> RaftEntry.Kind.DATA;
            case CONFIGURATION -> RaftEntry.Kind.CONFIGURATION;
            case NO_OP -> RaftEntry.Kind.NO_OP;
            case VOTE, PREFIX, SUFFIX, RESET, DROP, STATEMENT -> null;
        };
    }
}
