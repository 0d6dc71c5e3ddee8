package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;

/** The way to one partition: what a lookup answers, and what a node that is not its leader sends back. */
public record Route(PlacedPartition placed, GroupMembership group) {
    public Route {
        if (placed.partition().groupId() != group.groupId()) {
            throw new IllegalArgumentException(placed + " with group " + group.groupId());
        }
    }

    public PartitionDescriptor partition() {
        return placed.partition();
    }

    /** The versioned form that other messages can carry. */
    public byte[] toBytes() {
        var out = new MessageSink(128).u8(Messages.FORMAT);
        FactCodec.writeRoute(out, this);
        return out.toBytes();
    }

    /** @throws CorruptMessageException for what is no route */
    public static Route of(byte[] bytes) {
        return Messages.decode(bytes, FactCodec::readRoute);
    }
}
