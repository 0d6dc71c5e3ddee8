package dev.evenkeel.partition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a group's log: the outcome of a write, never the request. Whoever applies it evaluates nothing, so
 * replicas cannot differ.
 *
 * <pre>
 * entry    = version:u8 kind:u8 …
 * write    = table partition items:signed bytes:signed mutations mutation… changes indexChange…
 * drop     = table partition from:bytes hasTo:u8 [to:bytes]
 * progress = lsn
 * </pre>
 */
sealed interface PartitionEntry {
    int VERSION = 1;
    int WRITE = 1;
    int DROP = 2;
    int PROGRESS = 3;

    /**
     * A change to one partition.
     *
     * @param itemsDelta how many more items (or index entries, in a hidden table) the partition holds
     * @param bytesDelta how many more bytes
     * @param indexChanges what global indexes must be told, in order
     */
    record Write(
            int tableId,
            long partitionId,
            long itemsDelta,
            long bytesDelta,
            List<Mutation> mutations,
            List<IndexChange> indexChanges)
            implements PartitionEntry {}

    /** The end of a partition: everything in its range goes. */
    record Drop(int tableId, long partitionId, byte[] from, byte @Nullable [] to) implements PartitionEntry {}

    /** Every index change of this group's entries up to that LSN is durable in its index. */
    record Progress(long lsn) implements PartitionEntry {}

    default byte[] encode() {
        return switch (this) {
            case Write write -> encodeWrite(write);
            case Drop drop -> encodeDrop(drop);
            case Progress progress ->
                new EntryWriter(12).u8(VERSION).u8(PROGRESS).unsigned(progress.lsn).toBytes();
        };
    }

    private static byte[] encodeWrite(Write write) {
        var out = new EntryWriter(sizeHint(write));
        out.u8(VERSION).u8(WRITE).unsigned(write.tableId).unsigned(write.partitionId);
        out.signed(write.itemsDelta).signed(write.bytesDelta);
        out.unsigned(write.mutations.size());
        write.mutations.forEach(mutation -> mutation.write(out));
        out.unsigned(write.indexChanges.size());
        write.indexChanges.forEach(change -> change.write(out));
        return out.toBytes();
    }

    private static int sizeHint(Write write) {
        int size = 48;
        for (var mutation : write.mutations) {
            size += mutation.key().length + (mutation.value() == null ? 0 : mutation.value().length) + 8;
        }
        return size;
    }

    private static byte[] encodeDrop(Drop drop) {
        var out = new EntryWriter(64).u8(VERSION).u8(DROP).unsigned(drop.tableId).unsigned(drop.partitionId);
        out.bytes(drop.from).u8(drop.to == null ? 0 : 1);
        if (drop.to != null) {
            out.bytes(drop.to);
        }
        return out.toBytes();
    }

    static PartitionEntry decode(byte[] payload) {
        var in = new EntryReader(payload);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("a log entry of version " + version + ", this release reads " + VERSION);
        }
        int kind = in.u8();
        return switch (kind) {
            case WRITE -> decodeWrite(in);
            case DROP -> {
                int tableId = (int) in.unsigned();
                long partitionId = in.unsigned();
                var from = in.bytes();
                yield new Drop(tableId, partitionId, from, in.u8() == 0 ? null : in.bytes());
            }
            case PROGRESS -> new Progress(in.unsigned());
            default -> throw new IllegalStateException("a log entry of unknown kind " + kind);
        };
    }

    private static Write decodeWrite(EntryReader in) {
        int tableId = (int) in.unsigned();
        long partitionId = in.unsigned();
        long itemsDelta = in.signed();
        long bytesDelta = in.signed();
        var mutations = new ArrayList<Mutation>();
        for (long i = in.unsigned(); i > 0; i--) {
            mutations.add(Mutation.read(in));
        }
        var changes = new ArrayList<IndexChange>();
        for (long i = in.unsigned(); i > 0; i--) {
            changes.add(IndexChange.read(in));
        }
        return new Write(tableId, partitionId, itemsDelta, bytesDelta, mutations, changes);
    }
}
