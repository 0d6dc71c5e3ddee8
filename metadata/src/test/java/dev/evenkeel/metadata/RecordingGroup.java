package dev.evenkeel.metadata;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.List;

/** A group whose log is a list that a test may replay into another state machine. */
final class RecordingGroup implements ReplicationGroup {
    private final List<LogEntry> log;
    private final CatalogStateMachine machine;

    RecordingGroup(List<LogEntry> log, CatalogStateMachine machine) {
        this.log = log;
        this.machine = machine;
        long applied = machine.appliedLsn();
        machine.apply(new ArrayList<>(log.subList((int) applied, log.size())));
    }

    @Override
    public int id() {
        return 1;
    }

    @Override
    public long term() {
        return 1;
    }

    @Override
    public synchronized Proposal propose(byte[] entry, long term) {
        var logged = new LogEntry(log.size() + 1, entry);
        log.add(logged);
        machine.apply(List.of(logged));
        return new Proposal() {
            @Override
            public long lsn() {
                return logged.lsn();
            }

            @Override
            public void await() {}
        };
    }

    @Override
    public void readBarrier() {}

    @Override
    public long appliedLsn() {
        return machine.appliedLsn();
    }

    @Override
    public LogTail tail(long afterLsn) {
        throw new UnsupportedOperationException();
    }

    @Override
    public LogTail tail() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
