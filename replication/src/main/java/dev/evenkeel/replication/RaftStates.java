package dev.evenkeel.replication;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** All Raft groups of a log, open or not. */
final class RaftStates {
    private final Map<Integer, RaftState> states = new ConcurrentHashMap<>();
    private final long recentBytesMax;

    RaftStates(long recentBytesMax) {
        this.recentBytesMax = recentBytesMax;
    }

    /** A new one when there is none. */
    RaftState of(int group) {
        return states.computeIfAbsent(group, id -> new RaftState(id, recentBytesMax));
    }

    boolean has(int group) {
        return states.containsKey(group);
    }

    boolean isEmpty() {
        return states.isEmpty();
    }

    /** Whether a group needs entries in a segment. */
    boolean need(Segment segment) {
        for (var state : states.values()) {
            if (state.isIn(segment)) {
                return true;
            }
        }
        return false;
    }

    /** How all of them stand, for the beginning of a segment; null when there is none. */
    byte @Nullable [] statement() {
        return states.isEmpty()
                ? null
                : RaftStatement.encoded(
                        states.values().stream().map(RaftState::statement).toList());
    }

    /**
     * Takes note of a record found when the log is opened.
     *
     * @throws IllegalArgumentException when it does not fit those before it
     */
    void find(Segment segment, SegmentReader record, RaftRecordKind kind) {
        if (kind.entryKind() != null) {
            of(record.group()).find(segment, record.offset(), record.lsn());
        } else if (kind == RaftRecordKind.STATEMENT) {
            RaftStatement.decoded(record.payload()).forEach(this::stated);
        } else {
            apply(record.group(), kind, record.lsn(), record.term(), record.payload());
        }
    }

    private void stated(RaftStatement statement) {
        var known = states.get(statement.group());
        if (known != null) {
            known.confirm(statement);
            return;
        }
        var state = of(statement.group()); // the segments with its entries are gone, because it had passed them
        state.reset(statement.last() + 1);
        state.vote(statement.vote());
    }

    /** What is no entry has become durable. */
    void apply(int group, RaftRecordKind kind, long index, long term, byte[] payload) {
        switch (kind) {
            case VOTE -> of(group).vote(Vote.of(term, payload));
            case PREFIX -> of(group).prefix(index);
            case SUFFIX -> of(group).suffix(index);
            case RESET -> of(group).reset(index);
            case DROP -> states.remove(group);
            case DATA, CONFIGURATION, NO_OP, STATEMENT -> throw new IllegalArgumentException("not on its own: " + kind);
        }
    }
}
