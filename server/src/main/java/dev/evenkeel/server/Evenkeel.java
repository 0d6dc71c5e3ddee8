package dev.evenkeel.server;

import dev.evenkeel.api.Operation;
import dev.evenkeel.http.DynamoHandler;
import dev.evenkeel.http.HttpServer;
import dev.evenkeel.http.HttpServerOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A running database with an HTTP endpoint, for as long as it is open.
 *
 * {@snippet :
 * try (Evenkeel evenkeel = Evenkeel.start()) {
 *     var client = DynamoDbClient.builder().endpointOverride(evenkeel.endpoint()).build();
 * }
 * }
 */
public final class Evenkeel implements AutoCloseable {
    private final HttpServer server;
    private final Database node;
    private final String host;
    private final String region;

    private Evenkeel(HttpServer server, Database node, String host, String region) {
        this.server = server;
        this.node = node;
        this.host = host;
        this.region = region;
    }

    /** An empty database in memory, at a free port of this machine. */
    public static Evenkeel start() {
        return builder().start();
    }

    public static EvenkeelBuilder builder() {
        return new EvenkeelBuilder();
    }

    /**
     * The socket listens first: a port that is taken is told before a data folder is touched, and Netty's classes load
     * while the folder is opened. Requests that come early wait for the node.
     */
    static Evenkeel start(NodeOptions options, String host, int port) {
        var opening = new OpeningNode();
        HttpServer server = listen(host, port, new DynamoHandler(options.region(), opening, opening::page), "--port");
        try {
            int boundPort = server.address().getPort();
            Database node = options.zones() == 1
                    ? LocalNode.open(options, host + ":" + boundPort)
                    : ZonesDatabase.open(options, host, boundPort);
            opening.opened(node);
            return new Evenkeel(server, node, host, options.region());
        } catch (RuntimeException e) {
            opening.failed();
            server.close();
            throw e;
        }
    }

    /**
     * @param setting where the person who starts it can name another port
     * @throws StartException with one line for that person
     */
    static HttpServer listen(String host, int port, DynamoHandler handler, String setting) {
        try {
            return HttpServer.start(HttpServerOptions.defaults().withAddress(host, port), handler);
        } catch (UnknownHostException e) {
            throw new StartException("There is no address for the host " + host, e);
        } catch (SocketException e) {
            throw new StartException(listenProblem(host, port, setting, e), e);
        } catch (IOException e) {
            throw new StartException("Cannot listen at " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static String listenProblem(String host, int port, String setting, SocketException e) {
        String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("permission")) {
            return "No permission to listen at port " + port + ": choose one above 1023 with " + setting;
        }
        return e instanceof BindException && reason.contains("in use")
                ? "Port " + port + " of " + host + " is in use: stop what uses it, or choose another with " + setting
                : "Cannot listen at " + host + ":" + port + ": " + e.getMessage();
    }

    /** Where clients find it, e.g. {@code http://localhost:8000}. */
    public URI endpoint() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    public int port() {
        return address().getPort();
    }

    private InetSocketAddress address() {
        return server.address();
    }

    /** The region it says it is. */
    public String region() {
        return region;
    }

    /** Returns when every global index shows all writes that were answered before the call. */
    public void awaitIndexes() {
        node.awaitIndexes();
    }

    /**
     * Removes the items of tables with time to live whose time has come by now, and returns when they are gone, from global
     * indexes, too. It need not be called: they go by themselves, usually within a second. It is for tests that have moved
     * the clock on and want to see what is left.
     */
    public void awaitExpiry() {
        node.awaitExpiry();
    }

    /** Carries out an operation without the way through the socket. */
    <I, O> O execute(Operation<I, O> operation, I input) {
        return node.execute(operation, input);
    }

    /** Finishes the requests under way, then closes everything; what is in memory is gone. */
    @Override
    public void close() {
        server.close();
        node.close();
    }
}
