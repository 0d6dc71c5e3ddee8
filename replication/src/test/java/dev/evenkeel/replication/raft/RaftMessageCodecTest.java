package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.entity.RaftOutter.EntryMeta;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.GetFileResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine's messages as bytes. */
class RaftMessageCodecTest {
    private static final AppendEntriesRequest APPEND = AppendEntriesRequest.newBuilder()
            .setGroupId("g")
            .setServerId("a:1")
            .setPeerId("b:1")
            .setTerm(7)
            .setPrevLogTerm(6)
            .setPrevLogIndex(1L << 40)
            .setCommittedIndex(3)
            .addEntries(EntryMeta.newBuilder()
                    .setTerm(7)
                    .setType(EntryType.ENTRY_TYPE_DATA)
                    .setDataLen(3))
            .setData(ByteString.copyFrom(new byte[] {1, 2, 3}))
            .build();

    private static final RequestVoteRequest VOTE = RequestVoteRequest.newBuilder()
            .setGroupId("g")
            .setServerId("a:1")
            .setPeerId("b:1")
            .setTerm(8)
            .setLastLogTerm(7)
            .setLastLogIndex(9)
            .setPreVote(false)
            .build();

    static List<Message> messages() {
        return List.of(
                APPEND,
                VOTE,
                GetFileRequest.newBuilder()
                        .setReaderId(1)
                        .setFilename("f")
                        .setCount(2)
                        .setOffset(3)
                        .setReadPartly(true)
                        .build(),
                GetFileResponse.newBuilder()
                        .setEof(true)
                        .setData(ByteString.copyFromUtf8("bytes"))
                        .build());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void comesBackAsItWas(Message message) {
        for (int handover : new int[] {0, 1, LeaderLease.HANDOVERS_MAX}) {
            var sent = new RaftMessage(message, handover);
            assertThat(RaftMessageCodec.decode(RaftMessageCodec.encode(sent))).isEqualTo(sent);
        }
    }

    @Test
    void aMessageWithoutItsLastFieldsIsRefused() {
        var bytes = RaftMessageCodec.encode(RaftMessage.of(VOTE));
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatIllegalArgumentException().isThrownBy(() -> RaftMessageCodec.decode(cut));
        }
    }

    @Test
    void bytesThatAreNoMessageAreRefusedAsSuch() {
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            var bytes = RaftMessageCodec.encode(RaftMessage.of(messages().get(random.nextInt(4))));
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                RaftMessageCodec.decode(bytes);
            } catch (IllegalArgumentException refused) {
                continue; // nothing else may be thrown
            }
        }
    }

    @Test
    void anotherReleasesMessagesAreRefused() {
        var newer = RaftMessageCodec.encode(RaftMessage.of(VOTE));
        newer[0]++;
        assertThatIllegalArgumentException().isThrownBy(() -> RaftMessageCodec.decode(newer));
        var unknownKind = RaftMessageCodec.encode(RaftMessage.of(VOTE));
        unknownKind[1] = 99;
        assertThatIllegalArgumentException().isThrownBy(() -> RaftMessageCodec.decode(unknownKind));
        assertThatIllegalArgumentException().isThrownBy(() -> RaftMessageCodec.decode(new byte[0]));
    }

    @Test
    void whatIsNoMessageBetweenNodesIsNotSent() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RaftMessageCodec.encode(RaftMessage.of(LocalFileMeta.getDefaultInstance())));
    }

    /** The number of a kind is part of the format. */
    @Test
    void kindsKeepTheirNumbers() {
        assertThat(RaftMessageCodec.encode(RaftMessage.of(APPEND))[1]).isEqualTo((byte) 0);
        assertThat(RaftMessageCodec.encode(RaftMessage.of(VOTE))[1]).isEqualTo((byte) 2);
        assertThat(RaftMessageCodec.encode(RaftMessage.of(messages().get(3)))[1])
                .isEqualTo((byte) 11);
    }
}
