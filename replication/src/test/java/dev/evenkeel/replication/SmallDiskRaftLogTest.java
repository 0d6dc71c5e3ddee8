package dev.evenkeel.replication;

import dev.evenkeel.model.Ticker;

/** The contract with segments, queue and memory so small that every bound is met, on a disk that writes piecemeal. */
class SmallDiskRaftLogTest extends RaftLogContract {
    private SoloLog nodeLog = new MemoryLog();

    @Override
    RaftLog openLog() {
        var settings = new NodeLogSettings(1000, 1000, 500, 300);
        var opened = NodeLog.open(new FaultyLogFiles(4).withShortWrites(), settings, Ticker.system());
        nodeLog = opened;
        return opened.openRaft(1);
    }

    @Override
    void closeLog() {
        nodeLog.close();
    }
}
