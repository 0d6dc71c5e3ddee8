package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;

/** Reads change records. */
record ChangesRequest(int groupId, ChangesRead read) implements Request<ChangesPage> {
    static final int KIND = 20;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        read.write(out);
    }

    static ChangesRequest read(int groupId, ByteReader in) {
        return new ChangesRequest(groupId, ChangesRead.read(in));
    }

    @Override
    public ChangesPage perform(PartitionHost host, HostedGroups hosted) {
        return host.streams().changes(read);
    }

    @Override
    public void writeResult(ByteWriter out, ChangesPage result) {
        result.write(out);
    }

    @Override
    public ChangesPage readResult(ByteReader in) {
        return ChangesPage.read(in);
    }
}
