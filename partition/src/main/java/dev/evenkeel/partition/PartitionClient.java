package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the replicas of a group, wherever they are, until one answers: the way from this node to all partitions. What has
 * surely not been executed is tried again, elsewhere and after growing pauses, until the patience ends. A write of which
 * nobody can tell whether it was executed is not: the client is told so. This node's own replicas are called directly.
 *
 * <p>Safe for any thread; the calling thread waits.
 */
public final class PartitionClient {
    /** Pauses begin so short that a moved leader costs little, and end so long that waiting for an election costs little. */
    private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(320);

    /** What may be asked twice is given up on one node early enough to ask two others. */
    private static final int PARTS_OF_PATIENCE = 3;

    private final String self;
    private final String zone;
    private final HostedGroups hosted;
    private final NodeCalls calls;
    private final RetryClock clock;
    private final long patienceNanos;

    /**
     * @param self this node's id
     * @param zone this node's zone, whose replicas it prefers for eventual reads
     * @param patience how long a request is tried: longer than an election takes
     */
    public PartitionClient(
            String self, String zone, HostedGroups hosted, NodeCalls calls, Ticker ticker, Duration patience) {
        this(self, zone, hosted, calls, RetryClock.of(ticker), patience);
    }

    PartitionClient(
            String self, String zone, HostedGroups hosted, NodeCalls calls, RetryClock clock, Duration patience) {
        this.self = self;
        this.zone = zone;
        this.hosted = hosted;
        this.calls = calls;
        this.clock = clock;
        this.patienceNanos = patience.toNanos();
    }

    /** One group, through this node. */
    public RemoteGroup group(int groupId, PartitionLocations locations) {
        return new RemoteGroup(this, groupId, locations);
    }

    /** What only the leader does. */
    <T> T askLeader(Request<T> request, PartitionLocations locations) {
        return new Asking<>(request, locations, new Route(locations, zone, true), true).result();
    }

    /** What any storage replica does: the nearest, if it can. */
    <T> T askNearest(Request<T> request, PartitionLocations locations) {
        return new Asking<>(request, locations, new Route(locations, zone, false), false).result();
    }

    /** What any storage replica does, the leader best. */
    <T> T askLeaderFirst(Request<T> request, PartitionLocations locations) {
        return new Asking<>(request, locations, new Route(locations, zone, true), false).result();
    }

    /** One request until its answer. */
    private final class Asking<T> {
        private final Request<T> request;
        private final PartitionLocations locations;
        private final Route route;
        private final boolean onlyLeader;
        private final long deadline = clock.nanos() + patienceNanos;
        private byte @Nullable [] encoded;
        private String lastReason = "no replica is known";

        Asking(Request<T> request, PartitionLocations locations, Route route, boolean onlyLeader) {
            this.request = request;
            this.locations = locations;
            this.route = route;
            this.onlyLeader = onlyLeader;
        }

        T result() {
            long pause = PAUSE_NANOS_MIN;
            while (true) {
                for (var node = route.next(); node != null; node = route.next()) {
                    if (ask(node) instanceof Answer.Result<T>(var value)) {
                        return value;
                    }
                    if (left() <= 0) {
                        throw gaveUp();
                    }
                }
                clock.pause(Math.min(pause, left()));
                if (left() <= 0 || Thread.currentThread().isInterrupted()) {
                    throw gaveUp();
                }
                pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
                route.nextRound();
            }
        }

        private long left() {
            return deadline - clock.nanos();
        }

        /** Asks one node and notes what its answer tells. Throws what the client is to be told. */
        private Answer<T> ask(String node) {
            Answer<T> answer = node.equals(self) ? Answer.here(request, hosted) : remote(node);
            switch (answer) {
                case Answer.Result<T> _ -> {
                    if (onlyLeader) {
                        locations.leads(node);
                    }
                }
                case Answer.Failed<T>(var failure) -> throw failure;
                case Answer.NotLeader<T>(var leader) -> {
                    lastReason = node + " does not lead";
                    locations.leadsNoMore(node);
                    leader.filter(other -> !other.equals(node)).ifPresent(other -> {
                        locations.leads(other);
                        route.redirect(other);
                    });
                }
                case Answer.NotHere<T>(var reason) -> lastReason = node + ": not here: " + reason;
                case Answer.Unknown<T>(var reason) -> {
                    lastReason = node + ": " + reason;
                    locations.leadsNoMore(node);
                    if (!request.isRepeatable()) {
                        throw WriteFailure.outcomeUnknown();
                    }
                }
            }
            return answer;
        }

        private Answer<T> remote(String node) {
            if (encoded == null) {
                encoded = Request.encode(request);
            }
            try {
                return Answer.decode(
                        request, calls.call(node, encoded, timeout()).join());
            } catch (CompletionException failed) {
                return failure(node, failed.getCause());
            } catch (CancellationException cancelled) {
                return new Answer.Unknown<>("the call was cancelled");
            }
        }

        private Answer<T> failure(String node, @Nullable Throwable cause) {
            if (cause instanceof NotSentException notSent) {
                locations.leadsNoMore(node);
                return new Answer.NotHere<>(String.valueOf(notSent.getMessage()));
            }
            return new Answer.Unknown<>(String.valueOf(cause));
        }

        private Duration timeout() {
            long whole = request.isRepeatable() ? patienceNanos / PARTS_OF_PATIENCE : patienceNanos;
            return Duration.ofNanos(Math.max(1, Math.min(whole, left())));
        }

        private DynamoException gaveUp() {
            return new DynamoException(
                    ErrorCode.SERVICE_UNAVAILABLE, "The partition could not be reached in time: " + lastReason);
        }
    }
}
