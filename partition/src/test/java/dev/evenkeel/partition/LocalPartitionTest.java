package dev.evenkeel.partition;

import org.junit.jupiter.api.AfterEach;

/** The partition in this process. */
class LocalPartitionTest extends PartitionReplicaContract {
    private final Cluster cluster = new Cluster(Cluster.WITH_GLOBAL);

    @Override
    PartitionReplica partition() {
        return cluster.host.replica(10).orElseThrow();
    }

    @AfterEach
    void close() {
        cluster.close();
    }
}
