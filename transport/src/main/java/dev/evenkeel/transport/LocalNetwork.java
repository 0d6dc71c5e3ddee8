package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Several nodes in one process: a call is a call. Nothing is copied and nothing is encoded; a handler still runs on another
 * thread than the caller's, so that nobody comes to rely on the opposite.
 *
 * <p>Links can be broken on purpose: {@link #cut} is a connection that breaks and cannot be made again, {@link #silence}
 * is a network that swallows what is sent one way without telling, {@link #delay} a slow one. A link is a direction; nodes
 * need not exist yet, and links stay as they are when a node is closed and made again.
 */
public final class LocalNetwork {

    private record Direction(String from, String to) {}

    private final Executor executor;
    private final TransportLimits limits;
    private final Ticker ticker = Ticker.system();
    private final Map<String, LocalNode> nodes = new ConcurrentHashMap<>();
    private final Map<Direction, LocalLink> links = new ConcurrentHashMap<>();

    /** Handlers run on virtual threads. */
    public LocalNetwork() {
        this(Thread::startVirtualThread, TransportLimits.defaults());
    }

    /** @param executor runs handlers; a task lasts as long as there are requests on its link */
    public LocalNetwork(Executor executor, TransportLimits limits) {
        this.executor = executor;
        this.limits = limits;
    }

    /** The node with this id: made when first asked for, and made again when it has been closed. */
    public Transport node(String id) {
        return nodes.computeIfAbsent(id, it -> new LocalNode(it, this));
    }

    /** Breaks the link both ways: calls under way lose their connection, and new ones find none. */
    public void cut(String one, String other) {
        link(one, other).cut();
        link(other, one).cut();
        failCalls(one, other);
        failCalls(other, one);
    }

    /** Swallows requests and answers one way from now on; nobody is told. */
    public void silence(String from, String to) {
        link(from, to).silence();
    }

    /** Lets everything one way arrive later, in order. */
    public void delay(String from, String to, Duration delay) {
        link(from, to).delay(delay);
    }

    /** Makes the link whole both ways. */
    public void heal(String one, String other) {
        link(one, other).heal();
        link(other, one).heal();
    }

    /** Makes every link whole. */
    public void heal() {
        links.values().forEach(LocalLink::heal);
    }

    LocalLink link(String from, String to) {
        return links.computeIfAbsent(new Direction(from, to), _ -> new LocalLink(ticker, executor, this::after));
    }

    @Nullable
    LocalNode live(String id) {
        return nodes.get(id);
    }

    /** The node is no more; whoever has asked it something must know. */
    void closed(LocalNode node) {
        nodes.remove(node.self(), node);
        nodes.values().forEach(it -> it.failCallsTo(node.self(), node.self() + " has closed"));
    }

    private void failCalls(String from, String to) {
        var node = nodes.get(from);
        if (node != null) {
            node.failCallsTo(to, "the link between " + from + " and " + to + " is cut");
        }
    }

    Ticker ticker() {
        return ticker;
    }

    TransportLimits limits() {
        return limits;
    }

    void after(long nanos, Runnable task) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, executor).execute(task);
    }
}
