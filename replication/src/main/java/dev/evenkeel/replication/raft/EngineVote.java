package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.RaftMetaStorageOptions;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.Vote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica's term and vote, which are in the node's log, too. */
final class EngineVote implements RaftMetaStorage {
    private static final Logger LOG = LoggerFactory.getLogger(EngineVote.class);

    private final RaftLog log;
    private final Runnable notDurable;

    /** @param notDurable called when a vote could not be made durable */
    EngineVote(RaftLog log, Runnable notDurable) {
        this.log = log;
        this.notDurable = notDurable;
    }

    @Override
    public boolean init(RaftMetaStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {
        // the group closes its log
    }

    @Override
    public boolean setTerm(long term) {
        return set(new Vote(term, log.vote().votedFor()));
    }

    @Override
    public long getTerm() {
        return log.vote().term();
    }

    @Override
    public boolean setVotedFor(PeerId peer) {
        return set(new Vote(log.vote().term(), peer.toString()));
    }

    @Override
    public PeerId getVotedFor() {
        var peer = new PeerId();
        var votedFor = log.vote().votedFor();
        if (!votedFor.isEmpty() && !peer.parse(votedFor)) {
            throw new IllegalStateException("a vote for " + votedFor);
        }
        return peer;
    }

    @Override
    public boolean setTermAndVotedFor(long term, PeerId peer) {
        return set(new Vote(term, peer.toString()));
    }

    private boolean set(Vote vote) {
        try {
            log.vote(vote);
            return true;
        } catch (ReplicationException refused) {
            LOG.error("The vote could not be made durable", refused);
            notDurable.run();
            return false;
        }
    }
}
