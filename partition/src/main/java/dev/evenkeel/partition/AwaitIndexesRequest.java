package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Waits, but not for long, until the group's indexes have every change so far; the result says whether they have. */
record AwaitIndexesRequest(int groupId, long nanosMax) implements Request<Boolean> {
    static final int KIND = 8;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(nanosMax);
    }

    static AwaitIndexesRequest read(int groupId, ByteReader in) {
        return new AwaitIndexesRequest(groupId, in.unsigned());
    }

    @Override
    public Boolean perform(PartitionHost host, HostedGroups hosted) {
        return host.awaitIndexes(nanosMax);
    }

    @Override
    public void writeResult(ByteWriter out, Boolean result) {
        out.bool(result);
    }

    @Override
    public Boolean readResult(ByteReader in) {
        return in.bool();
    }
}
