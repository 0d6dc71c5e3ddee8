package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Removes what is due in the group by now, but not for long; the result says whether all of it is gone. */
record ExpireRequest(int groupId, long nanosMax) implements Request<Boolean> {
    static final int KIND = 23;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(nanosMax);
    }

    static ExpireRequest read(int groupId, ByteReader in) {
        return new ExpireRequest(groupId, in.unsigned());
    }

    @Override
    public Boolean perform(PartitionHost host, HostedGroups hosted) {
        return host.expireItems(nanosMax);
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
