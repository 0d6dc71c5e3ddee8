package dev.evenkeel.server.sdk;

/**
 * Who reads a shard, and how far it is. The attributes have the names that the Kinesis Client Library gives them.
 *
 * @param key of the shard, see {@link StreamShard#leaseKey}
 * @param owner a worker's name, or empty
 * @param counter goes up with each sign of life and with each change of hands
 * @param checkpoint {@link #TRIM_HORIZON}, the sequence number of the last record that is done, or {@link #SHARD_END}
 */
record ShardLease(String key, String owner, long counter, String checkpoint) {
    static final String TRIM_HORIZON = "TRIM_HORIZON";
    static final String SHARD_END = "SHARD_END";

    boolean isEnded() {
        return checkpoint.equals(SHARD_END);
    }
}
