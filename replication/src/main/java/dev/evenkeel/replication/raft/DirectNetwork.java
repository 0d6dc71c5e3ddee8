package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Joins nodes of one process: messages are passed as they are. Links can be cut, each direction by itself, for tests of
 * what happens then: a request or an answer on a cut link is lost.
 */
public final class DirectNetwork {
    private record Link(String from, String to) {}

    private final Map<String, RaftWire.Receiver> receivers = new ConcurrentHashMap<>();
    private final Set<Link> cut = ConcurrentHashMap.newKeySet();

    /** That node's side. */
    public RaftWire wire(String node) {
        return new Wire(node);
    }

    /** The node is gone; what is sent to it is lost. */
    public void remove(String node) {
        receivers.remove(node);
    }

    /** From now on nothing gets from the one to the other. */
    public void cut(String from, String to) {
        cut.add(new Link(from, to));
    }

    public void heal(String from, String to) {
        cut.remove(new Link(from, to));
    }

    public void healAll() {
        cut.clear();
    }

    private final class Wire implements RaftWire {
        private final String self;

        Wire(String self) {
            this.self = self;
        }

        @Override
        public CompletableFuture<RaftMessage> send(String node, RaftMessage request, Duration timeout) {
            var receiver = receivers.get(node);
            var answer = new CompletableFuture<RaftMessage>();
            if (receiver != null && !isCut(self, node)) {
                receiver.receive(kept(request))
                        .whenComplete((response, failure) -> arrive(node, answer, response, failure));
            }
            return answer.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void arrive(
                String node,
                CompletableFuture<RaftMessage> answer,
                @Nullable RaftMessage response,
                @Nullable Throwable failure) {
            if (isCut(node, self)) {
                return;
            }
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else {
                answer.complete(response);
            }
        }

        private boolean isCut(String from, String to) {
            return cut.contains(new Link(from, to));
        }

        @Override
        public void receiveWith(Receiver receiver) {
            receivers.put(self, receiver);
        }
    }

    /** The sender takes the buffer of an entry's bytes back when its patience ends, though the receiver still reads it. */
    private static RaftMessage kept(RaftMessage request) {
        if (request.body() instanceof AppendEntriesRequest append
                && !append.getData().isEmpty()) {
            var copy = ByteString.copyFrom(append.getData().toByteArray());
            return new RaftMessage(append.toBuilder().setData(copy).build(), request.handover());
        }
        return request;
    }
}
