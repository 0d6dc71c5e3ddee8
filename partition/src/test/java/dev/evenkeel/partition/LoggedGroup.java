package dev.evenkeel.partition;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.StateMachine;
import java.util.ArrayList;
import java.util.List;

/** A group of one whose log keeps everything, and whose term can be ended: then it refuses a number of proposals. */
final class LoggedGroup implements ReplicationGroup {
    private final StateMachine machine;
    private final List<LogEntry> log = new ArrayList<>();
    private long term = 1;
    private int refusals;

    LoggedGroup(StateMachine machine) {
        this.machine = machine;
    }

    /** The next proposals are refused, each because a new term has just begun. */
    synchronized void refuseNext(int proposals) {
        refusals = proposals;
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public synchronized long term() {
        return term;
    }

    @Override
    public synchronized Proposal propose(byte[] entry, long expectedTerm) {
        if (refusals > 0) {
            refusals--;
            term++;
        }
        if (term != expectedTerm) {
            throw new NotLeaderException("in term " + term + ", not " + expectedTerm, null);
        }
        var next = new LogEntry(log.size() + 1, entry);
        log.add(next);
        machine.apply(List.of(next));
        return new Done(next.lsn());
    }

    private record Done(long lsn) implements Proposal {
        @Override
        public void await() {}
    }

    @Override
    public void readBarrier() {}

    @Override
    public synchronized long appliedLsn() {
        return log.size();
    }

    @Override
    public LogTail tail(long afterLsn) {
        return new Tail(afterLsn);
    }

    @Override
    public LogTail tail() {
        return new Tail(appliedLsn());
    }

    private final class Tail implements LogTail {
        private long position;

        Tail(long afterLsn) {
            position = afterLsn;
        }

        @Override
        public List<LogEntry> next(int entriesMax) {
            throw new UnsupportedOperationException("nobody follows the log");
        }

        @Override
        public List<LogEntry> poll(int entriesMax) {
            synchronized (LoggedGroup.this) {
                int from = (int) position;
                position = Math.min(position + entriesMax, log.size());
                return List.copyOf(log.subList(from, (int) position));
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void close() {}
    }

    @Override
    public void close() {}
}
