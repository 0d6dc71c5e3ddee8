package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.google.protobuf.Message;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What one replica sends, seen on its way: this is where leases are earned and given up, and votes are held back. */
final class GroupMessages {
    private final RaftWire wire;
    private final Ticker ticker;
    private final VoteGuard guard;
    private final LeaderLease lease;
    private final Map<String, GroupMember> members = new ConcurrentHashMap<>();

    GroupMessages(RaftWire wire, Ticker ticker, VoteGuard guard, LeaderLease lease) {
        this.wire = wire;
        this.ticker = ticker;
        this.guard = guard;
        this.lease = lease;
    }

    CompletableFuture<Message> send(String node, Message request, Duration timeout) {
        return switch (request) {
            case AppendEntriesRequest append -> append(node, append, timeout);
            case RequestVoteRequest vote when !vote.getPreVote() -> vote(node, vote, timeout);
            case TimeoutNowRequest handover -> {
                lease.revoke(handover.getTerm()); // first, and for good
                yield body(wire.send(node, RaftMessage.of(handover), timeout));
            }
            default -> body(wire.send(node, RaftMessage.of(request), timeout));
        };
    }

    private static CompletableFuture<Message> body(CompletableFuture<RaftMessage> answer) {
        return answer.thenApply(RaftMessage::body);
    }

    private CompletableFuture<Message> append(String node, AppendEntriesRequest request, Duration timeout) {
        long sentNanos = ticker.nanos();
        return wire.send(node, RaftMessage.of(request), timeout).thenApply(answer -> {
            if (answer.body() instanceof AppendEntriesResponse response && response.getTerm() == request.getTerm()) {
                lease.heard(member(request.getPeerId()), request.getTerm(), sentNanos);
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
        boolean isHandover = guard.isHandover(request.getTerm());
        if (!guard.mayVote(isHandover)) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the leader was heard again since the campaign began"));
        }
        return body(wire.send(node, new RaftMessage(request, isHandover), timeout));
    }
}
