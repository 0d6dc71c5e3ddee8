package dev.evenkeel.replication;

import dev.evenkeel.model.Ticker;

/** The contract with segments, queue and memory so small that every bound is met, on a disk that writes piecemeal. */
class SmallNodeLogContractTest extends ReplicationGroupContract {
    @Override
    SoloLog openLog() {
        var settings = new NodeLogSettings(1000, 1000, 500, 300);
        return NodeLog.open(new FaultyLogFiles(4).withShortWrites(), settings, Ticker.system());
    }
}
