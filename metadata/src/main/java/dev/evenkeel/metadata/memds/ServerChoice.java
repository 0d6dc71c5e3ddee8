package dev.evenkeel.metadata.memds;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which MemDS server to ask: near ones in turn, far ones in turn when no near one can be asked. One that has failed or was
 * not ready rests until {@link #tryAgain}: while a server is down or starting, a few lookups are asked twice, not all.
 */
public final class ServerChoice {
    private final List<MemdsClient> near;
    private final List<MemdsClient> far;
    private final AtomicInteger turn = new AtomicInteger();

    public ServerChoice(List<MemdsClient> near, List<MemdsClient> far) {
        this.near = List.copyOf(near);
        this.far = List.copyOf(far);
    }

    /**
     * The server for a lookup that those have not answered; null when none is left.
     *
     * <p>When all rest, one of them is asked all the same, but only one: without any server, a lookup costs what it costs
     * with all of them.
     */
    @Nullable
    MemdsClient next(List<MemdsClient> asked) {
        int first = asked.isEmpty() ? turn.getAndIncrement() : turn.get();
        var found = awake(near, first, asked);
        if (found == null) {
            found = awake(far, first, asked);
        }
        return found == null && asked.isEmpty() ? any(first) : found;
    }

    private static @Nullable MemdsClient awake(List<MemdsClient> servers, int first, List<MemdsClient> asked) {
        for (int i = 0; i < servers.size(); i++) {
            var server = servers.get(Math.floorMod(first + i, servers.size()));
            if (!server.isResting() && !asked.contains(server)) {
                return server;
            }
        }
        return null;
    }

    private @Nullable MemdsClient any(int first) {
        var servers = near.isEmpty() ? far : near;
        return servers.isEmpty() ? null : servers.get(Math.floorMod(first, servers.size()));
    }

    /** Ends the rest of all servers. To be called now and then. */
    public void tryAgain() {
        near.forEach(MemdsClient::tryAgain);
        far.forEach(MemdsClient::tryAgain);
    }
}
