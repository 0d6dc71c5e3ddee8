package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/** Asks for a place in the log behind all that was evaluated so far, or, when nothing is appended for it, acknowledged. */
record MarkRequest(int groupId, boolean appends) implements Request<Long> {
    static final int KIND = 22;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.bool(appends);
    }

    static MarkRequest read(int groupId, ByteReader in) {
        return new MarkRequest(groupId, in.bool());
    }

    @Override
    public Long perform(PartitionHost host, HostedGroups hosted) {
        return appends ? host.streams().mark() : host.streams().newest();
    }

    @Override
    public void writeResult(ByteWriter out, Long result) {
        out.unsigned(result);
    }

    @Override
    public Long readResult(ByteReader in) {
        return in.unsigned();
    }
}
