package dev.evenkeel.replication;

/** The contract in memory. */
class MemoryRaftLogTest extends RaftLogContract {
    @Override
    RaftLog openLog() {
        return new MemoryRaftLog();
    }

    @Override
    void closeLog() {}
}
