package dev.evenkeel.transport;

import dev.evenkeel.transport.TransportException.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A node of a {@link LocalNetwork}. */
final class LocalNode implements Transport {
    private final String id;
    private final LocalNetwork network;
    private final Services services = new Services();
    private final Set<LocalCall> calls = ConcurrentHashMap.newKeySet();
    private final ConcurrentHashMap<String, Budget> budgets = new ConcurrentHashMap<>();
    private final Deadlines deadlines;
    private volatile boolean closed;

    LocalNode(String id, LocalNetwork network) {
        this.id = id;
        this.network = network;
        this.deadlines = new Deadlines(network.ticker(), network::after, this::expireCalls);
    }

    @Override
    public String self() {
        return id;
    }

    @Override
    public void serve(int service, RequestHandler handler) {
        services.serve(service, handler);
    }

    @Override
    public boolean isConnected(String node) {
        return !closed && network.live(node) != null && !network.link(id, node).isBroken();
    }

    @Override
    public CompletableFuture<byte[]> call(String node, int service, byte[] request, Duration timeout) {
        Services.checkNumber(service);
        network.limits().checkPayload(request);
        var budget = budgets.computeIfAbsent(node, _ -> new Budget(network.limits()));
        var call = new LocalCall(node, budget, request, network.ticker().nanos() + timeout.toNanos());
        if (!budget.take(request.length)) {
            call.answer.completeExceptionally(new TransportException(Kind.REFUSED, node, budget.overdrawn()));
            return call.answer;
        }
        calls.add(call); // before looking at the other node: if that closes meanwhile, it finds the call here
        @Nullable LocalNode other = closed ? null : network.live(node);
        if (other == null || !network.link(id, node).send(() -> other.receive(this, service, call))) {
            call.fail(Kind.NOT_CONNECTED, id + " has no connection to " + node);
        } else {
            deadlines.note(call.deadlineNanos);
        }
        return call.answer;
    }

    /** A request arrives. Only the link calls this, so requests come one at a time. */
    private void receive(LocalNode from, int service, LocalCall call) {
        var handler = services.find(service);
        if (closed) {
            call.fail(Kind.NOT_CONNECTED, id + " has closed");
        } else if (handler == null) {
            sendBack(from, () -> call.fail(Kind.REFUSED, Services.unknown(service)));
        } else {
            Services.ask(handler, from.id, call.request)
                    .whenComplete((answer, failure) -> sendBack(from, () -> call.finish(answer, failure)));
        }
    }

    private void sendBack(LocalNode to, Runnable outcome) {
        if (!closed) { // whoever called has been told by then
            network.link(id, to.id).pass(outcome);
        }
    }

    void failCallsTo(String node, String reason) {
        failCalls(call -> call.node.equals(node), reason);
    }

    private void failCalls(Predicate<LocalCall> which, String reason) {
        for (LocalCall call : calls) {
            if (which.test(call)) {
                call.fail(Kind.CONNECTION_LOST, reason);
            }
        }
    }

    private @Nullable Long expireCalls(long nowNanos) {
        @Nullable Long earliest = null;
        for (LocalCall call : calls) {
            if (call.deadlineNanos - nowNanos <= 0) {
                call.fail(Kind.TIMED_OUT, call.node + " has not answered in time");
            } else if (earliest == null || call.deadlineNanos - earliest < 0) {
                earliest = call.deadlineNanos;
            }
        }
        return earliest;
    }

    @Override
    public void close() {
        closed = true;
        network.closed(this);
        failCalls(_ -> true, id + " has closed");
    }

    /** A call this node has made. */
    private final class LocalCall {
        private final String node;
        private final Budget budget;
        private final byte[] request;
        private final long deadlineNanos;
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

        LocalCall(String node, Budget budget, byte[] request, long deadlineNanos) {
            this.node = node;
            this.budget = budget;
            this.request = request;
            this.deadlineNanos = deadlineNanos;
        }

        void finish(byte @Nullable [] bytes, @Nullable Throwable failure) {
            if (bytes == null) {
                fail(Kind.FAILED, failure == null ? "the handler gave no answer" : Failures.messageOf(failure));
            } else if (bytes.length > network.limits().payloadBytesMax()) {
                fail(Kind.FAILED, "the answer: " + network.limits().tooLong(bytes));
            } else if (forget()) {
                answer.complete(bytes);
            }
        }

        void fail(Kind kind, String message) {
            if (forget()) {
                answer.completeExceptionally(new TransportException(kind, node, message));
            }
        }

        /** Whether the call was still under way; true once. */
        private boolean forget() {
            if (!calls.remove(this)) {
                return false;
            }
            budget.giveBack(request.length);
            return true;
        }
    }
}
