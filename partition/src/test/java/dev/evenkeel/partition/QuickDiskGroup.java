package dev.evenkeel.partition;

import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.StateMachine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A group whose log has a writer of its own and a flush that takes no time: entries are applied by another thread, often
 * before the proposer has looked up, and those who wait wake some time later.
 */
final class QuickDiskGroup implements ReplicationGroup {
    private final StateMachine machine;
    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final AtomicLong applied = new AtomicLong();
    private long lastLsn;

    QuickDiskGroup(StateMachine machine) {
        this.machine = machine;
    }

    private record Waiting(long lsn, CompletableFuture<Void> done) implements Proposal {
        @Override
        public void await() {
            done.join();
        }
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
        long lsn = ++lastLsn;
        return new Waiting(
                lsn,
                CompletableFuture.runAsync(
                        () -> {
                            machine.apply(List.of(new LogEntry(lsn, entry)));
                            applied.set(lsn);
                        },
                        writer));
    }

    @Override
    public void readBarrier() {}

    @Override
    public long appliedLsn() {
        return applied.get();
    }

    @Override
    public LogTail tail(long afterLsn) {
        throw new UnsupportedOperationException("nothing follows this log");
    }

    @Override
    public LogTail tail() {
        throw new UnsupportedOperationException("nothing follows this log");
    }

    @Override
    public void close() {
        writer.close();
    }
}
