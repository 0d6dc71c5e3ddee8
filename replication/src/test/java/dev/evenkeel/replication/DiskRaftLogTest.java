package dev.evenkeel.replication;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real folder. */
class DiskRaftLogTest extends RaftLogContract {
    @TempDir
    private Path folder = Path.of("");

    private SoloLog nodeLog = new MemoryLog();

    @Override
    RaftLog openLog() {
        var opened = NodeLog.open(folder, NodeLogSettings.DEFAULT);
        nodeLog = opened;
        return opened.openRaft(1);
    }

    @Override
    void closeLog() {
        nodeLog.close();
    }
}
