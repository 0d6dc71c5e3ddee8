package dev.evenkeel.replication.raft;

import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.RaftEntry;
import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.Vote;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Takes no entries and no votes while it is full. */
final class RefusingLog implements RaftLog {
    private final RaftLog inner;
    private final BooleanSupplier isFull;

    RefusingLog(RaftLog inner, BooleanSupplier isFull) {
        this.inner = inner;
        this.isFull = isFull;
    }

    private void check() {
        if (isFull.getAsBoolean()) {
            throw new LogUnavailableException("full", null);
        }
    }

    @Override
    public void append(List<RaftEntry> entries) {
        check();
        inner.append(entries);
    }

    @Override
    public void vote(Vote vote) {
        check();
        inner.vote(vote);
    }

    @Override
    public long firstIndex() {
        return inner.firstIndex();
    }

    @Override
    public long lastIndex() {
        return inner.lastIndex();
    }

    @Override
    public @Nullable RaftEntry entry(long index) {
        return inner.entry(index);
    }

    @Override
    public void truncatePrefix(long firstKept) {
        inner.truncatePrefix(firstKept);
    }

    @Override
    public void truncateSuffix(long lastKept) {
        inner.truncateSuffix(lastKept);
    }

    @Override
    public void reset(long nextIndex) {
        inner.reset(nextIndex);
    }

    @Override
    public Vote vote() {
        return inner.vote();
    }

    @Override
    public void close() {
        inner.close();
    }
}
