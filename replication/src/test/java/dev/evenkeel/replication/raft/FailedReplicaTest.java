package dev.evenkeel.replication.raft;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.evenkeel.model.Ticker;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A replica that has failed costs its leader, and everybody's logs, next to nothing until it is opened again. */
class FailedReplicaTest {
    private static final Duration PAUSE = Duration.ofMillis(1_500);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** A leader's side, with a peer that has failed or has not. */
    private static final class Leader implements Ticker, RaftWire {
        final Queue<Runnable> waiting = new ArrayDeque<>();
        final List<RaftMessage> sent = new ArrayList<>();
        final GroupInbox failedPeer = failedInbox();
        final GroupMessages messages;
        long nanos;
        boolean hasPeerFailed = true;

        Leader() {
            messages = new GroupMessages(
                    this,
                    this,
                    new VoteGuard(this, 1, true),
                    new LeaderLease(this, 1),
                    PAUSE,
                    (_, task) -> waiting.add(task));
        }

        @Override
        public CompletableFuture<RaftMessage> send(String node, RaftMessage request, Duration timeout) {
            sent.add(request);
            return hasPeerFailed
                    ? failedPeer.receive(request)
                    : CompletableFuture.completedFuture(RaftMessage.of(AppendEntriesResponse.newBuilder()
                            .setTerm(1)
                            .setSuccess(true)
                            .setLastLogIndex(0)
                            .build()));
        }

        @Override
        public void receiveWith(Receiver receiver) {}

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return 0;
        }

        CompletableFuture<Message> append(String entries) {
            return messages.send("b", request(entries), TIMEOUT);
        }
    }

    private static AppendEntriesRequest request(String entries) {
        return AppendEntriesRequest.newBuilder()
                .setGroupId("g")
                .setServerId(GroupMember.storage("a").peer().toString())
                .setPeerId(GroupMember.storage("b").peer().toString())
                .setTerm(1)
                .setPrevLogTerm(0)
                .setPrevLogIndex(0)
                .setCommittedIndex(0)
                .setData(ByteString.copyFromUtf8(entries))
                .build();
    }

    /** Whose engine is not to be asked. */
    private static GroupInbox failedInbox() {
        var engine = (RaftServerService) Proxy.newProxyInstance(
                RaftServerService.class.getClassLoader(), new Class<?>[] {RaftServerService.class}, (_, method, _) -> {
                    throw new AssertionError("the engine of a failed replica was asked to " + method.getName());
                });
        var inbox = new GroupInbox(engine, new VoteGuard(Ticker.system(), 1, true), Runnable::run);
        inbox.fail();
        return inbox;
    }

    @Test
    void itsEngineHearsNothingMore() {
        var answer = failedInbox().receive(RaftMessage.of(request(""))).join();
        assertThat(GroupInbox.isFailed(answer.body())).isTrue();
        assertThat(RaftMessageCodec.decode(RaftMessageCodec.encode(answer))).isEqualTo(answer);
    }

    @Test
    void itIsAskedOnceInAWhile() {
        var leader = new Leader();
        assertThat(GroupInbox.isFailed(leader.append("").join())).isTrue();
        assertThat(leader.sent).hasSize(1);

        var heartbeat = leader.append("");
        assertThat(heartbeat).isNotDone();
        assertThat(leader.append("entries")).isCompletedExceptionally();
        assertThat(leader.sent).hasSize(1);

        leader.nanos += PAUSE.toNanos();
        leader.waiting.remove().run();
        assertThat(GroupInbox.isFailed(heartbeat.join())).isTrue();
        assertThat(leader.sent).hasSize(2);
        assertThat(leader.append("")).isNotDone();
        assertThat(leader.sent).hasSize(2);
    }

    @Test
    void itIsAsAnyOtherWhenItHasBeenOpenedAgain() {
        var leader = new Leader();
        leader.append("").join();
        var heartbeat = leader.append("");
        leader.hasPeerFailed = false;

        leader.nanos += PAUSE.toNanos();
        leader.waiting.remove().run();

        assertThat(heartbeat.join()).isInstanceOf(AppendEntriesResponse.class);
        assertThat(leader.append("entries").join()).isInstanceOf(AppendEntriesResponse.class);
        assertThat(leader.waiting).isEmpty();
    }
}
