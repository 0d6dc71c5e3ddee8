package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.partition.expiry.ExpiryKey;
import dev.evenkeel.partition.expiry.ExpiryStore;
import dev.evenkeel.partition.stream.ChangePosition;
import dev.evenkeel.partition.stream.ShardKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a group's log: the outcome of a write, never the request. Whoever applies it evaluates nothing, so
 * replicas cannot differ.
 *
 * <pre>
 * entry          = version:u8 kind:u8 …
 * write          = table partition count delta… count mutation… count indexChange…
 * drop           = table partition from:bytes hasTo:u8 [to:bytes]
 * loggedProgress = lsn
 * progress       = lsn
 * stampedWrite   = timestamp write
 * batch          = timestamp count write…
 * trim           = shard position
 * forgetExpiry   = table partition setting
 * </pre>
 */
sealed interface PartitionEntry {
    int VERSION = 1;
    int WRITE = 1;
    int DROP = 2;
    int LOGGED_PROGRESS = 3;
    int PROGRESS = 4;
    int STAMPED_WRITE = 5;
    int BATCH = 6;
    int TRIM = 7;
    int FORGET_EXPIRY = 8;

    /**
     * A change to one partition, or to what belongs to the group: then table and partition are 0.
     *
     * @param timestamp of the items written, in microseconds; 0 when no item is, and in entries from before transactions
     * @param deltas what the partition holds more or less, for each space that changed
     * @param indexChanges what global indexes must be told, in order
     */
    record Write(
            long timestamp,
            int tableId,
            long partitionId,
            List<SizeDelta> deltas,
            List<Mutation> mutations,
            List<IndexChange> indexChanges)
            implements PartitionEntry {

        /** A change of what belongs to the group, and to no partition. */
        static Write ofGroup(List<Mutation> mutations) {
            return new Write(0, 0, 0, List.of(), mutations, List.of());
        }
    }

    /**
     * Changes to several partitions of the group, all or none of them: those of a transaction.
     *
     * @param timestamp of all items written or checked; the writes have none of their own
     */
    record Batch(long timestamp, List<Write> writes) implements PartitionEntry {
        @Override
        public List<IndexChange> indexChanges() {
            return writes.stream().flatMap(write -> write.indexChanges.stream()).toList();
        }
    }

    /** The end of a partition: everything in its range goes. */
    record Drop(int tableId, long partitionId, byte[] from, byte @Nullable [] to) implements PartitionEntry {}

    /**
     * What {@link Progress} was before there was an outbox: changes behind that LSN must be carried out of the log. Only
     * read; {@link PartitionStateMachine#NO_PROGRESS} when there are none.
     */
    record LoggedProgress(long lsn) implements PartitionEntry {}

    /** Every index change of this group's entries up to that LSN is durable in its index, and leaves the outbox. */
    record Progress(long lsn) implements PartitionEntry {}

    /** What global indexes must be told, in order. */
    default List<IndexChange> indexChanges() {
        return List.of();
    }

    /** The change records of a shard up to that place are no more; with {@link ChangePosition#END} the shard itself. */
    record Trim(ShardKey shard, ChangePosition through) implements PartitionEntry {}

    /** What a partition has of settings before that one by which items expired is no more; see {@link ExpiryStore#forget}. */
    record ForgetExpiry(ExpiryKey key, long setting) implements PartitionEntry {}

    default byte[] encode() {
        return switch (this) {
            case Write write -> encodeWrite(write);
            case Batch batch -> encodeBatch(batch);
            case Drop drop -> encodeDrop(drop);
            case LoggedProgress progress -> encodeLsn(LOGGED_PROGRESS, progress.lsn);
            case Progress progress -> encodeLsn(PROGRESS, progress.lsn);
            case Trim trim -> encodeTrim(trim);
            case ForgetExpiry forget -> encodeForget(forget);
        };
    }

    private static byte[] encodeForget(ForgetExpiry forget) {
        return new ByteWriter(24)
                .u8(VERSION)
                .u8(FORGET_EXPIRY)
                .unsigned(forget.key.tableId())
                .unsigned(forget.key.partitionId())
                .unsigned(forget.setting)
                .toBytes();
    }

    private static byte[] encodeTrim(Trim trim) {
        var out = new ByteWriter(48).u8(VERSION).u8(TRIM);
        trim.shard.write(out);
        trim.through.write(out);
        return out.toBytes();
    }

    private static byte[] encodeLsn(int kind, long lsn) {
        return new ByteWriter(12).u8(VERSION).u8(kind).unsigned(lsn).toBytes();
    }

    private static byte[] encodeWrite(Write write) {
        var out = new ByteWriter(sizeHint(write)).u8(VERSION);
        if (write.timestamp == 0) {
            out.u8(WRITE);
        } else {
            out.u8(STAMPED_WRITE).unsigned(write.timestamp);
        }
        writeBody(out, write);
        return out.toBytes();
    }

    private static byte[] encodeBatch(Batch batch) {
        int size = batch.writes.stream().mapToInt(PartitionEntry::sizeHint).sum();
        var out = new ByteWriter(size + 16).u8(VERSION).u8(BATCH).unsigned(batch.timestamp);
        out.unsigned(batch.writes.size());
        batch.writes.forEach(write -> writeBody(out, write));
        return out.toBytes();
    }

    private static void writeBody(ByteWriter out, Write write) {
        out.unsigned(write.tableId).unsigned(write.partitionId);
        out.unsigned(write.deltas.size());
        write.deltas.forEach(delta -> delta.write(out));
        out.unsigned(write.mutations.size());
        write.mutations.forEach(mutation -> mutation.write(out));
        out.unsigned(write.indexChanges.size());
        write.indexChanges.forEach(change -> change.write(out));
    }

    private static int sizeHint(Write write) {
        int size = 56;
        for (var mutation : write.mutations) {
            size += mutation.key().length + (mutation.value() == null ? 0 : mutation.value().length) + 8;
        }
        return size;
    }

    private static byte[] encodeDrop(Drop drop) {
        var out = new ByteWriter(64).u8(VERSION).u8(DROP).unsigned(drop.tableId).unsigned(drop.partitionId);
        out.bytes(drop.from).u8(drop.to == null ? 0 : 1);
        if (drop.to != null) {
            out.bytes(drop.to);
        }
        return out.toBytes();
    }

    static PartitionEntry decode(byte[] payload) {
        var in = new ByteReader(payload);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("a log entry of version " + version + ", this release reads " + VERSION);
        }
        var entry = decode(in);
        if (!in.atEnd()) {
            throw new IllegalStateException("a log entry with something behind it");
        }
        return entry;
    }

    private static PartitionEntry decode(ByteReader in) {
        int kind = in.u8();
        return switch (kind) {
            case WRITE -> decodeWrite(in, 0);
            case STAMPED_WRITE -> decodeWrite(in, in.unsigned());
            case BATCH -> decodeBatch(in);
            case DROP -> {
                int tableId = (int) in.unsigned();
                long partitionId = in.unsigned();
                var from = in.bytes();
                yield new Drop(tableId, partitionId, from, in.u8() == 0 ? null : in.bytes());
            }
            case LOGGED_PROGRESS -> new LoggedProgress(in.unsigned());
            case PROGRESS -> new Progress(in.unsigned());
            case TRIM -> new Trim(ShardKey.read(in), ChangePosition.read(in));
            case FORGET_EXPIRY -> new ForgetExpiry(new ExpiryKey((int) in.unsigned(), in.unsigned()), in.unsigned());
            default -> throw new IllegalStateException("a log entry of unknown kind " + kind);
        };
    }

    private static Batch decodeBatch(ByteReader in) {
        long timestamp = in.unsigned();
        var writes = new ArrayList<Write>();
        for (long i = in.unsigned(); i > 0; i--) {
            writes.add(decodeWrite(in, 0));
        }
        return new Batch(timestamp, writes);
    }

    private static Write decodeWrite(ByteReader in, long timestamp) {
        int tableId = (int) in.unsigned();
        long partitionId = in.unsigned();
        var deltas = new ArrayList<SizeDelta>();
        for (long i = in.unsigned(); i > 0; i--) {
            deltas.add(SizeDelta.read(in));
        }
        var mutations = new ArrayList<Mutation>();
        for (long i = in.unsigned(); i > 0; i--) {
            mutations.add(Mutation.read(in));
        }
        var changes = new ArrayList<IndexChange>();
        for (long i = in.unsigned(); i > 0; i--) {
            changes.add(IndexChange.read(in));
        }
        return new Write(timestamp, tableId, partitionId, deltas, mutations, changes);
    }
}
