package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogLink;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.replication.LogUnavailableException;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.transport.TransportException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What nodes ask the one that leads the catalog: to put an entry into its log, and which version it has come to. Both
 * ends.
 *
 * <pre>
 * request = version:u8 kind:u8 [entry]           1 propose, 2 version
 * answer  = version:u8 status:u8 …               1 done lsn, 2 not leader [leader], 3 unknown reason, 4 refused reason
 * </pre>
 */
final class CatalogCalls implements CatalogLink {
    private static final int VERSION = 1;
    private static final int PROPOSE = 1;
    private static final int ASK_VERSION = 2;
    private static final int DONE = 1;
    private static final int NOT_LEADER = 2;
    private static final int UNKNOWN = 3;
    private static final int REFUSED = 4;

    /** Longer than an election takes: a proposal in flight is decided by then. */
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    private final NodeCaller calls;
    private final Supplier<List<String>> candidates;

    /** The node that answered last; null while none is known. */
    private volatile @Nullable String leader;

    /** @param candidates nodes that may lead the catalog, the likeliest first */
    CatalogCalls(NodeCaller calls, Supplier<List<String>> candidates) {
        this.calls = calls;
        this.candidates = candidates;
    }

    /** The answer of this node. Waits for the log. */
    static byte[] answer(byte[] request, Catalog catalog, ReplicationGroup group, Supplier<String> leader) {
        var in = new ByteReader(request);
        if (in.u8() != VERSION) {
            throw new IllegalArgumentException("a request to the catalog of a version that this release cannot read");
        }
        var out = new ByteWriter(32).u8(VERSION);
        try {
            switch (in.u8()) {
                case PROPOSE -> catalog.accept(in.bytes());
                case ASK_VERSION -> group.readBarrierForAll();
                default -> throw new IllegalArgumentException("an unknown request to the catalog");
            }
            out.u8(DONE).unsigned(catalog.image().version());
        } catch (NotLeaderException elsewhere) {
            out.u8(NOT_LEADER).string(leader.get());
        } catch (LogUnavailableException refused) {
            out.u8(REFUSED).string(String.valueOf(refused.getMessage()));
        } catch (ReplicationException unknown) {
            out.u8(UNKNOWN).string(String.valueOf(unknown.getMessage()));
        }
        return out.toBytes();
    }

    @Override
    public void propose(byte[] entry) {
        ask(
                new ByteWriter(entry.length + 8)
                        .u8(VERSION)
                        .u8(PROPOSE)
                        .bytes(entry)
                        .toBytes(),
                false);
    }

    @Override
    public long version() {
        return ask(new ByteWriter(4).u8(VERSION).u8(ASK_VERSION).toBytes(), true);
    }

    private long ask(byte[] request, boolean isRepeatable) {
        Set<String> nodes = new LinkedHashSet<>();
        var known = leader;
        if (known != null) {
            nodes.add(known);
        }
        nodes.addAll(candidates.get());
        nodes.remove(calls.self());
        for (var node : nodes) {
            var done = ask(node, request, isRepeatable);
            if (done >= 0) {
                leader = node;
                return done;
            }
        }
        leader = null;
        throw new NotLeaderException("no node that was reached leads the catalog", null);
    }

    /** -1 when it surely was not done there. */
    private long ask(String node, byte[] request, boolean isRepeatable) {
        try {
            var in = new ByteReader(calls.call(node, Services.CATALOG, request, TIMEOUT));
            if (in.u8() != VERSION) {
                throw new OutcomeUnknownException("an answer of the catalog that this release cannot read", null);
            }
            int status = in.u8();
            return switch (status) {
                case DONE -> in.unsigned();
                case NOT_LEADER -> -1;
                case REFUSED -> throw new LogUnavailableException(in.string(), null);
                default -> throw new OutcomeUnknownException(in.string(), null);
            };
        } catch (TransportException failed) {
            if (failed.surelyNotExecuted() || isRepeatable) {
                return -1;
            }
            throw new OutcomeUnknownException(
                    "the leader of the catalog did not answer: " + failed.getMessage(), failed);
        }
    }
}
