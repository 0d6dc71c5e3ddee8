package dev.evenkeel.partition;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;

/**
 * What one node asks of another's partitions: its binary form, what it does there, and the binary form of its result.
 *
 * <pre>
 * request = version:u8 kind:u8 group …
 * </pre>
 */
sealed interface Request<T>
        permits WriteRequest,
                GetRequest,
                ReadRequest,
                StatisticsRequest,
                DropRequest,
                CatalogRequest,
                BackfillRequest,
                AwaitIndexesRequest,
                WriteAllRequest,
                PrepareRequest,
                FinishRequest,
                ReadVersionsRequest,
                BeginRequest,
                LedgerRequest,
                ChangesRequest,
                TrimRequest,
                MarkRequest,
                ExpireRequest {
    int VERSION = 1;

    int groupId();

    /** Its number in the binary form. */
    int kind();

    /** Writes what follows the header. */
    void write(ByteWriter out);

    /**
     * Does it, on a node that has a storage replica of the group.
     *
     * @throws NotHereException when it cannot be done here, or not yet
     */
    T perform(PartitionHost host, HostedGroups hosted);

    void writeResult(ByteWriter out, T result);

    T readResult(ByteReader in);

    /** Whether doing it again does no harm when nobody knows whether it has been done. */
    default boolean isRepeatable() {
        return true;
    }

    static byte[] encode(Request<?> request) {
        var out = new ByteWriter(256).u8(VERSION).u8(request.kind()).unsigned(request.groupId());
        request.write(out);
        return out.toBytes();
    }

    static Request<?> decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw new IllegalStateException("a request of version " + version + ", this release reads " + VERSION);
        }
        int kind = in.u8();
        int groupId = (int) in.unsigned();
        return switch (kind) {
            case WriteRequest.KIND -> WriteRequest.read(groupId, in);
            case GetRequest.KIND -> GetRequest.read(groupId, in);
            case ReadRequest.KIND -> ReadRequest.read(groupId, in);
            case StatisticsRequest.KIND -> StatisticsRequest.read(groupId, in);
            case DropRequest.KIND -> DropRequest.read(groupId, in);
            case CatalogRequest.KIND -> CatalogRequest.read(groupId, in);
            case BackfillRequest.KIND -> BackfillRequest.read(groupId, in);
            case AwaitIndexesRequest.KIND -> AwaitIndexesRequest.read(groupId, in);
            case WriteAllRequest.KIND -> WriteAllRequest.read(groupId, in);
            case PrepareRequest.KIND -> PrepareRequest.read(groupId, in);
            case FinishRequest.KIND -> FinishRequest.read(groupId, in);
            case ReadVersionsRequest.KIND -> ReadVersionsRequest.read(groupId, in);
            case BeginRequest.KIND -> BeginRequest.read(groupId, in);
            case LedgerRequest.KIND -> LedgerRequest.read(groupId, in);
            case ChangesRequest.KIND -> ChangesRequest.read(groupId, in);
            case TrimRequest.KIND -> TrimRequest.read(groupId, in);
            case MarkRequest.KIND -> MarkRequest.read(groupId, in);
            case ExpireRequest.KIND -> ExpireRequest.read(groupId, in);
            default -> throw new IllegalStateException("a request of unknown kind " + kind);
        };
    }

    /** The partition that a request names. One that was dropped here is nowhere else; any other may still come. */
    static PartitionReplica replica(PartitionHost host, long partitionId) {
        return host.replica(partitionId)
                .orElseThrow(() -> host.isGone(partitionId)
                        ? DynamoException.resourceNotFound()
                        : new NotHereException("partition " + partitionId));
    }
}
