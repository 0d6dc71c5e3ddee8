package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.google.protobuf.Message;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one replica sends, seen on its way: this is where leases are earned and given up, and votes are held back.
 *
 * <p>It is also where a replica that has failed is left in peace. The engine goes on sending it heartbeats and probes, each
 * of which fails at once and is complained of. So when a replica has said that it has failed, the next request waits for a
 * while before it is sent, and asks then whether it has been opened again.
 */
final class GroupMessages {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMessages.class);

    /** Runs something after a while. */
    interface Later {
        void run(Duration delay, Runnable task);
    }

    private final RaftWire wire;
    private final Ticker ticker;
    private final VoteGuard guard;
    private final LeaderLease lease;
    private final Duration pause;
    private final Later later;
    private final Map<String, GroupMember> members = new ConcurrentHashMap<>();

    /** Peers that have failed, and until when nothing is sent to them. */
    private final Map<String, Long> pausedUntilNanos = new ConcurrentHashMap<>();

    /** @param pause how long nothing is sent to a replica that has failed */
    GroupMessages(RaftWire wire, Ticker ticker, VoteGuard guard, LeaderLease lease, Duration pause, Later later) {
        this.pause = pause;
        this.later = later;
        this.wire = wire;
        this.ticker = ticker;
        this.guard = guard;
        this.lease = lease;
    }

    CompletableFuture<Message> send(String node, Message request, Duration timeout) {
        return switch (request) {
            case AppendEntriesRequest append ->
                patiently(append.getPeerId(), append.getData().isEmpty(), () -> append(node, append, timeout));
            case InstallSnapshotRequest install ->
                patiently(install.getPeerId(), true, () -> body(wire.send(node, RaftMessage.of(install), timeout)));
            case RequestVoteRequest vote when !vote.getPreVote() -> vote(node, vote, timeout);
            case TimeoutNowRequest handover -> {
                int number = lease.handOver(handover.getTerm()); // first
                yield body(wire.send(node, new RaftMessage(handover, number), timeout));
            }
            default -> body(wire.send(node, RaftMessage.of(request), timeout));
        };
    }

    private static CompletableFuture<Message> body(CompletableFuture<RaftMessage> answer) {
        return answer.thenApply(RaftMessage::body);
    }

    /** @param mayWait not what holds entries: the engine may take their memory back meanwhile */
    private CompletableFuture<Message> patiently(
            String peer, boolean mayWait, Supplier<CompletableFuture<Message>> sending) {
        var until = pausedUntilNanos.get(peer);
        long nanosLeft = until == null ? 0 : until - ticker.nanos();
        if (nanosLeft <= 0) {
            return noticing(peer, sending.get());
        }
        if (!mayWait) {
            return CompletableFuture.failedFuture(new IllegalStateException("the replica " + peer + " has failed"));
        }
        var answer = new CompletableFuture<Message>();
        later.run(
                Duration.ofNanos(nanosLeft),
                () -> noticing(peer, sending.get()).whenComplete((message, failure) -> {
                    if (failure == null) {
                        answer.complete(message);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                }));
        return answer;
    }

    private CompletableFuture<Message> noticing(String peer, CompletableFuture<Message> answer) {
        return answer.thenApply(message -> {
            if (!GroupInbox.isFailed(message)) {
                pausedUntilNanos.remove(peer);
            } else if (pausedUntilNanos.put(peer, ticker.nanos() + pause.toNanos()) == null) {
                LOG.warn("The replica {} has failed; it is asked now and then whether it has been opened again", peer);
            }
            return message;
        });
    }

    private CompletableFuture<Message> append(String node, AppendEntriesRequest request, Duration timeout) {
        long sentNanos = ticker.nanos();
        int givenUp = lease.handoversGivenUp(request.getTerm());
        return wire.send(node, new RaftMessage(request, givenUp), timeout).thenApply(answer -> {
            if (answer.body() instanceof AppendEntriesResponse response && response.getTerm() == request.getTerm()) {
                lease.heard(member(request.getPeerId()), request.getTerm(), sentNanos, givenUp);
            }
            return answer.body();
        });
    }

    private GroupMember member(String peer) {
        return members.computeIfAbsent(peer, GroupMessages::memberOf);
    }

    static GroupMember memberOf(String peer) {
        var parsed = new PeerId();
        if (!parsed.parse(peer)) {
            throw new IllegalArgumentException("no replica is called " + peer);
        }
        return GroupMember.of(parsed);
    }

    private CompletableFuture<Message> vote(String node, RequestVoteRequest request, Duration timeout) {
        int handover = guard.handover(request.getTerm());
        if (!guard.mayVote(request.getTerm(), handover)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the leader was heard again since the campaign began"));
        }
        return body(wire.send(node, new RaftMessage(request, handover), timeout));
    }
}
