package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.rpc.RpcRequests;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The engine's messages as bytes. A kind's number is part of the format.
 *
 * <pre>
 * message = version:u8 kind:u8 handover:u8 protobuf
 * </pre>
 */
final class RaftMessageCodec {
    private static final byte VERSION = 1;
    private static final int HEADER_BYTES = 3;

    private record Kind(Class<? extends Message> type, Parser<? extends Message> parser) {}

    /** In the order of their numbers: new ones go to the end. */
    private static final List<Kind> KINDS = List.of(
            new Kind(RpcRequests.AppendEntriesRequest.class, RpcRequests.AppendEntriesRequest.parser()),
            new Kind(RpcRequests.AppendEntriesResponse.class, RpcRequests.AppendEntriesResponse.parser()),
            new Kind(RpcRequests.RequestVoteRequest.class, RpcRequests.RequestVoteRequest.parser()),
            new Kind(RpcRequests.RequestVoteResponse.class, RpcRequests.RequestVoteResponse.parser()),
            new Kind(RpcRequests.InstallSnapshotRequest.class, RpcRequests.InstallSnapshotRequest.parser()),
            new Kind(RpcRequests.InstallSnapshotResponse.class, RpcRequests.InstallSnapshotResponse.parser()),
            new Kind(RpcRequests.TimeoutNowRequest.class, RpcRequests.TimeoutNowRequest.parser()),
            new Kind(RpcRequests.TimeoutNowResponse.class, RpcRequests.TimeoutNowResponse.parser()),
            new Kind(RpcRequests.ReadIndexRequest.class, RpcRequests.ReadIndexRequest.parser()),
            new Kind(RpcRequests.ReadIndexResponse.class, RpcRequests.ReadIndexResponse.parser()),
            new Kind(RpcRequests.GetFileRequest.class, RpcRequests.GetFileRequest.parser()),
            new Kind(RpcRequests.GetFileResponse.class, RpcRequests.GetFileResponse.parser()),
            new Kind(RpcRequests.PingRequest.class, RpcRequests.PingRequest.parser()),
            new Kind(RpcRequests.ErrorResponse.class, RpcRequests.ErrorResponse.parser()));

    private RaftMessageCodec() {}

    static byte[] encode(RaftMessage message) {
        var body = message.body();
        var bytes = new byte[HEADER_BYTES + body.getSerializedSize()];
        bytes[0] = VERSION;
        bytes[1] = (byte) numberOf(body);
        bytes[2] = (byte) message.handover();
        try {
            var out = CodedOutputStream.newInstance(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            body.writeTo(out);
            out.checkNoSpaceLeft();
            return bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static int numberOf(Message body) {
        for (int i = 0; i < KINDS.size(); i++) {
            if (KINDS.get(i).type == body.getClass()) {
                return i;
            }
        }
        throw new IllegalArgumentException("no message of the engine's between nodes: " + body.getClass());
    }

    /** @throws IllegalArgumentException when the bytes are none of ours, or a newer release's */
    static RaftMessage decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION || bytes[1] < 0 || bytes[1] >= KINDS.size()) {
            throw new IllegalArgumentException("a message between nodes that this release cannot read");
        }
        try {
            var body = KINDS.get(bytes[1]).parser.parseFrom(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
            return new RaftMessage(body, Byte.toUnsignedInt(bytes[2]));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException("a broken message between nodes", broken);
        }
    }
}
