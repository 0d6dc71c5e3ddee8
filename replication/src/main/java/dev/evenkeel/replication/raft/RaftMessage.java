package dev.evenkeel.replication.raft;

import com.google.protobuf.Message;

/**
 * A request or an answer of the engine's between two nodes. Read only.
 *
 * @param handover of a leader's command to campaign, and of the candidate's requests for votes that follow from it: the
 *     number of the hand-over in the leader's term, from 1 (see {@link VoteGuard}). Of what a leader appends: up to which
 *     number it has given hand-overs up. 0 with all others
 */
record RaftMessage(Message body, int handover) {
    RaftMessage {
        if (handover < 0 || handover > LeaderLease.HANDOVERS_MAX) {
            throw new IllegalArgumentException("hand-over " + handover);
        }
    }

    static RaftMessage of(Message body) {
        return new RaftMessage(body, 0);
    }
}
