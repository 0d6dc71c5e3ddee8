package dev.evenkeel.transport;

import java.util.Optional;
import java.util.function.Function;

/**
 * How a node takes part.
 *
 * @param self this node's id
 * @param cluster the name of the cluster; nodes of another are refused
 * @param listen where other nodes connect to
 * @param addressBook where a node listens; asked before each attempt to connect, may block
 * @param tls none means that anyone who can connect is believed, and can read along
 * @param ioThreads threads that read and write sockets and run handlers
 */
public record TransportOptions(
        String self,
        String cluster,
        PeerAddress listen,
        Function<String, Optional<PeerAddress>> addressBook,
        Optional<TlsFiles> tls,
        TransportLimits limits,
        TransportTimings timings,
        int ioThreads) {

    /** As for clients: a second thread on two cores only means that less is read per wake-up. */
    private static final int CORES_PER_IO_THREAD = 4;

    public TransportOptions {
        Hello.checkName("a node's id", self);
        Hello.checkName("a cluster's name", cluster);
    }

    /** Without TLS, with the usual limits and timings. */
    public static TransportOptions of(
            String self, String cluster, PeerAddress listen, Function<String, Optional<PeerAddress>> addressBook) {
        return new TransportOptions(
                self,
                cluster,
                listen,
                addressBook,
                Optional.empty(),
                TransportLimits.defaults(),
                TransportTimings.defaults(),
                Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_IO_THREAD));
    }

    public TransportOptions withTls(TlsFiles files) {
        return new TransportOptions(self, cluster, listen, addressBook, Optional.of(files), limits, timings, ioThreads);
    }

    public TransportOptions withLimits(TransportLimits newLimits) {
        return new TransportOptions(self, cluster, listen, addressBook, tls, newLimits, timings, ioThreads);
    }

    public TransportOptions withTimings(TransportTimings newTimings) {
        return new TransportOptions(self, cluster, listen, addressBook, tls, limits, newTimings, ioThreads);
    }

    public TransportOptions withIoThreads(int newIoThreads) {
        return new TransportOptions(self, cluster, listen, addressBook, tls, limits, timings, newIoThreads);
    }
}
