package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.raft.RaftGroup;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalog's group as the rest of the node sees it, whichever replica of it is open here: when one has failed another
 * takes its place. In between this node does not lead, and whoever wants something is told so and asks the others.
 */
final class CatalogGroup implements ReplicationGroup {
    private final List<LeadershipListener> listeners = new ArrayList<>(); // guarded by itself
    private volatile RaftGroup current;

    CatalogGroup(RaftGroup first) {
        this.current = first;
    }

    /** The replica that is open, or was last. */
    RaftGroup current() {
        return current;
    }

    /** The one before is closed. */
    void replace(RaftGroup next) {
        synchronized (listeners) {
            listeners.forEach(LeadershipListener::follow); // the one before need not have come to tell them
            current = next;
            listeners.forEach(listener -> next.listen(new Listener(next, listener)));
        }
    }

    @Override
    public void listen(LeadershipListener listener) {
        synchronized (listeners) {
            listeners.add(listener);
            var first = current;
            first.listen(new Listener(first, listener));
        }
    }

    /** Passes on what one replica tells, for as long as it is the current one. */
    private final class Listener implements LeadershipListener {
        private final RaftGroup of;
        private final LeadershipListener inner;

        Listener(RaftGroup of, LeadershipListener inner) {
            this.of = of;
            this.inner = inner;
        }

        @Override
        public void lead() {
            synchronized (listeners) {
                if (current == of) {
                    inner.lead();
                }
            }
        }

        @Override
        public void follow() {
            synchronized (listeners) {
                if (current == of) {
                    inner.follow();
                }
            }
        }
    }

    @Override
    public int id() {
        return GroupDescriptor.CATALOG;
    }

    @Override
    public long term() {
        return current.term();
    }

    /** The catalog's entries build on nothing, so that terms of different replicas need not be told apart. */
    @Override
    public Proposal propose(byte[] entry, long term) {
        var group = current;
        if (group.hasFailed() || group.isClosed()) { // others may lead: it surely is not in the log
            throw new NotLeaderException("this node's replica of the catalog is being mended", null);
        }
        return group.propose(entry, term);
    }

    @Override
    public void readBarrier() {
        current.readBarrier();
    }

    @Override
    public void readBarrierForAll() {
        current.readBarrierForAll();
    }

    @Override
    public long appliedLsn() {
        return current.appliedLsn();
    }

    @Override
    public LogTail tail(long afterLsn) {
        return current.tail(afterLsn);
    }

    @Override
    public LogTail tail() {
        return current.tail();
    }

    @Override
    public void close() {
        current.close();
    }
}
