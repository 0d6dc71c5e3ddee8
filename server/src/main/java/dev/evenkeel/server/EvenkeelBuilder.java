package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import java.nio.file.Path;
import java.time.Duration;

/** What a database is to be like. Says nothing: empty, in memory, at a free port. Not for more than one thread. */
public final class EvenkeelBuilder {
    private NodeOptions options = NodeOptions.defaults();
    private String host = "localhost";
    private int port;

    EvenkeelBuilder() {}

    /** Listens at all addresses of that host; by default at this machine's own, where nobody else can reach it. */
    public EvenkeelBuilder host(String newHost) {
        host = newHost;
        return this;
    }

    /** @param newPort 0 takes a free one */
    public EvenkeelBuilder port(int newPort) {
        if (newPort < 0 || newPort > 0xFFFF) {
            throw new StartException("There is no port " + newPort, null);
        }
        port = newPort;
        return this;
    }

    /** Keeps everything in that folder, which is made when it is missing. Every answered write survives a crash. */
    public EvenkeelBuilder data(Path folder) {
        options = options.withData(folder);
        return this;
    }

    /** Three zones in this process, each with a replica of everything, instead of one. */
    public EvenkeelBuilder zones(int count) {
        options = options.withZones(count);
        return this;
    }

    /** New tables and global indexes begin with that many partitions instead of one. */
    public EvenkeelBuilder initialPartitions(int count) {
        options = options.withInitialPartitions(count);
        return this;
    }

    /** Tables stay CREATING, UPDATING and DELETING for that long, by the ticker. By default for no time. */
    public EvenkeelBuilder controlPlaneDelay(Duration delay) {
        options = options.withControlPlaneDelay(delay);
        return this;
    }

    /** The region in ARNs and in the health answer, {@code us-east-1} by default. */
    public EvenkeelBuilder region(String region) {
        options = options.withRegion(region);
        return this;
    }

    /** The database's time, e.g. a {@link ManualTicker}. By default the machine's. */
    public EvenkeelBuilder ticker(Ticker ticker) {
        options = options.withTicker(ticker);
        return this;
    }

    /** @throws StartException with one clear line, e.g. when the port is taken or the folder is in use */
    public Evenkeel start() {
        return Evenkeel.start(options, host, port);
    }
}
