package dev.evenkeel.replication.raft;

import com.google.protobuf.Message;

/**
 * A request or an answer of the engine's between two nodes. Read only.
 *
 * @param handover of a request for votes: whether the leader before told the candidate to campaign (see {@link
 *     VoteGuard}); false with all others
 */
record RaftMessage(Message body, boolean handover) {
    static RaftMessage of(Message body) {
        return new RaftMessage(body, false);
    }
}
