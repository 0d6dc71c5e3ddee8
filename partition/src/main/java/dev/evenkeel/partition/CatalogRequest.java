package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;

/**
 * A barrier before a new index is filled: done when the leader evaluates by the catalog of that version. Every later leader
 * does so too, since a leadership begins with the catalog as it is then.
 */
record CatalogRequest(int groupId, long version) implements Request<Done> {
    static final int KIND = 6;

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public void write(ByteWriter out) {
        out.unsigned(version);
    }

    static CatalogRequest read(int groupId, ByteReader in) {
        return new CatalogRequest(groupId, in.unsigned());
    }

    @Override
    public Done perform(PartitionHost host, HostedGroups hosted) {
        hosted.awaitCatalog(version);
        host.confirmLeads();
        return Done.DONE;
    }

    @Override
    public void writeResult(ByteWriter out, Done result) {}

    @Override
    public Done readResult(ByteReader in) {
        return Done.DONE;
    }
}
