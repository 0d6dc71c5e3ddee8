package dev.evenkeel.replication;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the log's space back: a segment may go when every solo group with entries in it is open, has persisted them, and
 * has no tail, nor anybody it speaks for (see {@link StateMachine#neededAfterLsn}), that still wants them; and when every
 * Raft group, open or not, has dropped its entries there. A Raft group's vote is in the next segment's statement.
 */
final class Reclaimer {
    private static final Logger LOG = LoggerFactory.getLogger(Reclaimer.class);

    private final ReentrantLock running = new ReentrantLock();
    private final Segments segments;
    private final Map<Integer, DiskGroup> groups;
    private final RaftStates raft;
    private final Map<Integer, DiskRaftLog> raftLogs;
    private final long logBytesMax;

    Reclaimer(
            Segments segments,
            Map<Integer, DiskGroup> groups,
            RaftStates raft,
            Map<Integer, DiskRaftLog> raftLogs,
            long logBytesMax) {
        this.segments = segments;
        this.groups = groups;
        this.raft = raft;
        this.raftLogs = raftLogs;
        this.logBytesMax = logBytesMax;
    }

    /** Deletes what nobody needs, and when the log is too large, has those who hold it up persist their state, or asks them to. */
    void run() {
        running.lock();
        try {
            deleteUnneeded();
            if (segments.bytes() > logBytesMax && persistOldest()) {
                deleteUnneeded();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("The log's space could not be reclaimed; it is tried again with the next segment", e);
        } finally {
            running.unlock();
        }
    }

    private void deleteUnneeded() throws IOException {
        for (var oldest = segments.oldest(); oldest != null; oldest = segments.oldest()) {
            if (raft.need(oldest.segment()) || !isUnneeded(oldest.lastLsns())) {
                return;
            }
            segments.deleteOldest();
        }
    }

    private boolean isUnneeded(Map<Integer, Long> lastLsns) {
        for (var each : lastLsns.entrySet()) {
            var group = groups.get(each.getKey());
            long lsn = each.getValue();
            if (group == null || isUnpersisted(group, lsn) || group.machine.neededAfterLsn() < lsn) {
                return false;
            }
        }
        for (var each : lastLsns.entrySet()) {
            var group = groups.get(each.getKey());
            if (group == null || !group.tails().forget(each.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnpersisted(DiskGroup group, long lsn) {
        return group.machine.persistedLsn() < lsn;
    }

    private boolean persistOldest() {
        var oldest = segments.oldest();
        if (oldest == null) {
            return false;
        }
        raftLogs.values().stream()
                .filter(log -> log.state.isIn(oldest.segment()))
                .forEach(DiskRaftLog::askForSpace);
        boolean persisted = false;
        for (var each : oldest.lastLsns().entrySet()) {
            var group = groups.get(each.getKey());
            if (group != null && isUnpersisted(group, each.getValue())) {
                group.machine.persist();
                persisted = true;
            }
        }
        return persisted;
    }
}
