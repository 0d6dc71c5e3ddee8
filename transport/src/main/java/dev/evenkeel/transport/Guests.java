package dev.evenkeel.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that have connected to this one: one connection each, the newest. Safe for any thread. */
final class Guests {
    private static final Logger LOG = LoggerFactory.getLogger(Guests.class);

    private final String self;
    private final Consumer<String> onArrival;
    private final Map<String, AcceptedConnection> connections = new ConcurrentHashMap<>();

    /** @param onArrival told the id of each node that connects: it is alive */
    Guests(String self, Consumer<String> onArrival) {
        this.self = self;
        this.onArrival = onArrival;
    }

    void arrived(String node, AcceptedConnection connection) {
        var older = connections.put(node, connection);
        if (older != null) { // a node dials again only when it has given the older one up
            older.channel.eventLoop().execute(() -> older.close(node + " has made a new connection"));
        }
        LOG.info("{}: {} has connected from {}", self, node, connection.channel.remoteAddress());
        onArrival.accept(node);
    }

    void left(@Nullable String node, AcceptedConnection connection, String why) {
        if (node == null) {
            LOG.warn("{}: a connection from {} came to nothing: {}", self, connection.channel.remoteAddress(), why);
            return;
        }
        connections.remove(node, connection);
        if (connection.isFaulty()) {
            LOG.warn("{}: the connection of {} had to be closed: {}", self, node, why);
        } else {
            LOG.info("{}: the connection of {} has ended: {}", self, node, why);
        }
    }
}
