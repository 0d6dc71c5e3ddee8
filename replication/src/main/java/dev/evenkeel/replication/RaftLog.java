package dev.evenkeel.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

public interface RaftLog extends AutoCloseable {
    long firstIndex();

    long lastIndex();

    @Nullable
    RaftEntry entry(long index);

    void append(List<RaftEntry> entries);

    void truncatePrefix(long firstKept);

    void truncateSuffix(long lastKept);

    void reset(long nextIndex);

    Vote vote();

    void vote(Vote vote);

    @Override
    void close();
}
