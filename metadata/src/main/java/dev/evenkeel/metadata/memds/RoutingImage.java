package dev.evenkeel.metadata.memds;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** All routing metadata as of one moment, in one tree. Immutable: readers take a reference, nobody edits it. */
final class RoutingImage {
    static final RoutingImage EMPTY = new RoutingImage(PerkleTree.EMPTY);

    private final PerkleTree tree;

    private RoutingImage(PerkleTree tree) {
        this.tree = tree;
    }

    PerkleTree tree() {
        return tree;
    }

    /** With that fact; this very image when it says nothing new. The order of facts makes no difference. */
    RoutingImage with(Fact fact) {
        var next = switch (fact) {
            case DroppedTable dropped -> withDropped(dropped);
            case GroupMembership group -> withGroup(group);
            case PlacedPartition placed -> withPartition(placed);
        };
        return next == tree ? this : new RoutingImage(next);
    }

    private PerkleTree withDropped(DroppedTable dropped) {
        var partitions = new ArrayList<byte[]>();
        tree.walkPrefix(FactCodec.partitionKey(dropped.tableId(), new byte[0]), entry -> partitions.add(entry.key()));
        var next = withEntry(dropped);
        for (var key : partitions) {
            next = next.without(key);
        }
        return next;
    }

    private PerkleTree withGroup(GroupMembership group) {
        return knownAt(FactCodec.groupKey(group.groupId())) instanceof GroupMembership known && !group.supersedes(known)
                ? tree
                : withEntry(group);
    }

    private PerkleTree withPartition(PlacedPartition placed) {
        var partition = placed.partition();
        if (tree.find(FactCodec.droppedTableKey(partition.tableId()), new PerkleCursor())) {
            return tree;
        }
        var key = FactCodec.partitionKey(partition.tableId(), partition.from());
        return knownAt(key) instanceof PlacedPartition known && !placed.supersedes(known) ? tree : withEntry(placed);
    }

    private @Nullable Fact knownAt(byte[] key) {
        var cursor = new PerkleCursor();
        return tree.find(key, cursor) ? FactCodec.decode(cursor.entry()) : null;
    }

    private PerkleTree withEntry(Fact fact) {
        var entry = FactCodec.encode(fact);
        return tree.with(entry.key(), entry.value());
    }

    /** Writes the route to the partition that holds the position. False, and nothing written, if it is not known. */
    boolean writeRoute(int tableId, byte[] position, MessageSink out) {
        var key = FactCodec.partitionKey(tableId, position);
        var partition = new PerkleCursor();
        if (!tree.floor(key, partition) || !partition.keySharesPrefix(key, FactCodec.TABLE_BYTES)) {
            return false;
        }
        int groupId = FactCodec.groupOfHolder(partition, key);
        var group = new PerkleCursor();
        if (groupId < 0 || !tree.find(FactCodec.groupKey(groupId), group)) {
            return false;
        }
        FactCodec.writeRoute(out, partition.key(), partition.value(), group.value());
        return true;
    }
}
