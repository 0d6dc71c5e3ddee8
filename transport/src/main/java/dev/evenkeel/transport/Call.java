package dev.evenkeel.transport;

import dev.evenkeel.transport.TransportException.Kind;
import java.util.concurrent.CompletableFuture;

/**
 * A call on its way to a node and back. Its room in the budget is given back when both its outcome is known and its bytes
 * have left or will not: a call that timed out while the other side takes no bytes still costs their memory.
 *
 * <p>Once it is with its {@link Peer}, only the event loop touches it.
 */
final class Call extends OutFrame {
    private final String node;
    private final Budget budget;
    private final long deadlineNanos;
    private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
    private long requestId;
    private boolean waiting = true;
    private boolean sent;
    private boolean done;

    Call(String node, Budget budget, int service, byte[] request, long deadlineNanos) {
        super(FrameKind.REQUEST, service, request);
        this.node = node;
        this.budget = budget;
        this.deadlineNanos = deadlineNanos;
    }

    CompletableFuture<byte[]> answer() {
        return answer;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    @Override
    long requestId() {
        return requestId;
    }

    void number(long newRequestId) {
        requestId = newRequestId;
    }

    /** Whether a part of it may have reached the other node. */
    boolean isSent() {
        return sent;
    }

    @Override
    boolean begin() {
        if (done) {
            end();
            return false;
        }
        sent = true;
        return true;
    }

    @Override
    void end() {
        if (waiting) {
            waiting = false;
            giveBackIfOver();
        }
    }

    void complete(byte[] bytes) {
        finish();
        answer.complete(bytes);
    }

    void fail(Kind kind, String message) {
        finish();
        answer.completeExceptionally(new TransportException(kind, node, message));
    }

    private void finish() {
        if (!done) {
            done = true;
            giveBackIfOver();
        }
    }

    private void giveBackIfOver() {
        if (done && !waiting) {
            budget.giveBack(payload().length);
        }
    }
}
