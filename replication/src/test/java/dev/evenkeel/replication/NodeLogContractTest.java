package dev.evenkeel.replication;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real folder. */
class NodeLogContractTest extends ReplicationGroupContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    SoloLog openLog() {
        return NodeLog.open(folder, NodeLogSettings.DEFAULT);
    }
}
