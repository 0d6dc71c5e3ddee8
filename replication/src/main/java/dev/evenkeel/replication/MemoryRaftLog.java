package dev.evenkeel.replication;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

public final class MemoryRaftLog implements RaftLog {
    private final List<RaftEntry> entries = new ArrayList<>();
    private long first = 1;
    private volatile Vote vote = Vote.NONE;

    @Override
    public synchronized long firstIndex() {
        return first;
    }

    @Override
    public synchronized long lastIndex() {
        return first + entries.size() - 1;
    }

    @Override
    public synchronized @Nullable RaftEntry entry(long index) {
        return index < first || index > lastIndex() ? null : entries.get((int) (index - first));
    }

    @Override
    public synchronized void append(List<RaftEntry> more) {
        entries.addAll(more);
    }

    @Override
    public synchronized void truncatePrefix(long firstKept) {
        int drop = (int) Math.min(entries.size(), firstKept - first);
        if (drop > 0) {
            entries.subList(0, drop).clear();
        }
        first = Math.max(first, firstKept);
    }

    @Override
    public synchronized void truncateSuffix(long lastKept) {
        entries.subList((int) Math.max(0, lastKept - first + 1), entries.size()).clear();
    }

    @Override
    public synchronized void reset(long nextIndex) {
        entries.clear();
        first = nextIndex;
    }

    @Override
    public Vote vote() {
        return vote;
    }

    @Override
    public void vote(Vote next) {
        vote = next;
    }

    @Override
    public void close() {}
}
