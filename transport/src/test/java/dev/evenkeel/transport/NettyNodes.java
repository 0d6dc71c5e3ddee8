package dev.evenkeel.transport;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Nodes on loopback, each pair with a {@link Proxy} each way. */
final class NettyNodes implements AutoCloseable {
    static final String CLUSTER = "test";
    static final PeerAddress ANY = new PeerAddress("127.0.0.1", 0);

    /** Quick to notice and to come back, so that tests are. */
    static final TransportTimings TIMINGS = new TransportTimings(
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofMillis(10),
            Duration.ofMillis(50));

    private final Map<String, PeerAddress> addresses = new ConcurrentHashMap<>();
    private final Map<String, Proxy> proxies = new ConcurrentHashMap<>();
    private final List<NettyTransport> nodes = new ArrayList<>();

    /** Starts a node. One that is started again gets another address, as after a move. */
    NettyTransport start(String id, UnaryOperator<TransportOptions> change) {
        var options = TransportOptions.of(id, CLUSTER, ANY, to -> lookUp(id, to))
                .withTimings(TIMINGS)
                .withIoThreads(1);
        try {
            var node = NettyTransport.start(change.apply(options));
            nodes.add(node);
            addresses.put(id, node.address());
            return node;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Optional<PeerAddress> lookUp(String from, String to) {
        return addresses.containsKey(to) ? Optional.of(proxy(from, to).address()) : Optional.empty();
    }

    PeerAddress address(String id) {
        var address = addresses.get(id);
        if (address == null) {
            throw new AssertionError("no node " + id);
        }
        return address;
    }

    /** What carries the requests of one node to another. */
    Proxy proxy(String from, String to) {
        return proxies.computeIfAbsent(from + ">" + to, _ -> new Proxy(() -> address(to)));
    }

    void cut(String one, String other) {
        proxy(one, other).cut();
        proxy(other, one).cut();
    }

    void heal(String one, String other) {
        proxy(one, other).heal();
        proxy(other, one).heal();
    }

    /** Lets one id be found at another node's address. */
    void misplace(String id, String at) {
        addresses.put(id, address(at));
    }

    @Override
    public void close() {
        nodes.forEach(NettyTransport::close);
        proxies.values().forEach(Proxy::close);
    }
}
