package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.NodeManager;
import com.alipay.sofa.jraft.rpc.RpcRequests;
import com.alipay.sofa.jraft.storage.FileService;
import com.alipay.sofa.jraft.storage.SnapshotThrottle;
import com.alipay.sofa.jraft.storage.snapshot.ThroughputSnapshotThrottle;
import com.alipay.sofa.jraft.util.ThreadPoolsFactory;
import com.google.protobuf.Message;
import dev.evenkeel.model.Ticker;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The replicas on this node: opens them, and gives each what other nodes send it. */
public final class RaftHost implements AutoCloseable {
    /** The engine's messages were generated before protobuf 22; only nodes that we know send them. */
    private static final String OLD_MESSAGES_ALLOWED = "com.google.protobuf.use_unsafe_pre22_gencode";

    static {
        if (System.getProperty(OLD_MESSAGES_ALLOWED) == null) {
            System.setProperty(OLD_MESSAGES_ALLOWED, "true"); // or it warns of every kind of message, once
        }
    }

    /**
     * Threads for what the engine does beside its own, for all groups of the process. Queued: the engine's default pool
     * refuses work when it is busy, between taking an entry and telling anybody, and the group stands still.
     */
    private static final ThreadPoolExecutor ENGINE_THREADS = engineThreads();

    private static final int ENGINE_THREADS_MAX = 16;
    private static final Map<String, Boolean> GROUPS_WITH_THREADS = new ConcurrentHashMap<>();

    /** What a node gives or takes of snapshots at most, all groups together: the rest of the disk is for requests. */
    private static final long SNAPSHOT_BYTES_PER_SECOND = 128L << 20;

    /** In how many steps a second's worth is handed out. */
    private static final long THROTTLE_CYCLES_PER_SECOND = 20;

    private final SnapshotThrottle snapshotThrottle =
            new ThroughputSnapshotThrottle(SNAPSHOT_BYTES_PER_SECOND, THROTTLE_CYCLES_PER_SECOND);
    private final String cluster;
    private final String node;
    private final RaftWire wire;
    private final Ticker ticker;
    private final RaftTimings timings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, GroupInbox> inboxes = new ConcurrentHashMap<>(); // by group name and peer

    /**
     * @param cluster tells the groups of several clusters in one process apart
     * @param node the id of this node, unique in the process
     */
    public RaftHost(String cluster, String node, RaftWire wire, Ticker ticker, RaftTimings timings) {
        this.cluster = cluster;
        this.node = node;
        this.wire = wire;
        this.ticker = ticker;
        this.timings = timings;
        NodeManager.getInstance().addAddress(GroupMember.storage(node).peer().getEndpoint());
        wire.receiveWith(this::receiveSafely);
    }

    private static ThreadPoolExecutor engineThreads() {
        return new ThreadPoolExecutor(
                ENGINE_THREADS_MAX,
                ENGINE_THREADS_MAX,
                1,
                TimeUnit.MINUTES,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name("raft-engine-", 0).factory());
    }

    /** Opens a replica of this node; see {@link RaftGroupOptions}. */
    public RaftGroup open(RaftGroupOptions options) {
        var name = "g-" + cluster + "-" + options.id();
        GROUPS_WITH_THREADS.computeIfAbsent(
                name,
                group -> { // several nodes of a process may open theirs at once
                    ThreadPoolsFactory.registerThreadPool(group, ENGINE_THREADS);
                    return true;
                });
        return RaftGroup.open(this, name, options);
    }

    String node() {
        return node;
    }

    RaftWire wire() {
        return wire;
    }

    Ticker ticker() {
        return ticker;
    }

    RaftTimings timings() {
        return timings;
    }

    SnapshotThrottle snapshotThrottle() {
        return snapshotThrottle;
    }

    Executor threads() {
        return threads;
    }

    void attach(String group, GroupMember self, GroupInbox inbox) {
        inboxes.put(key(group, self), inbox);
    }

    void detach(String group, GroupMember self, GroupInbox inbox) {
        inboxes.remove(key(group, self), inbox);
    }

    private static String key(String group, GroupMember member) {
        return group + " " + member.kind();
    }

    /** Never throws: in one process the caller is the sender's engine. */
    private CompletableFuture<RaftMessage> receiveSafely(RaftMessage message) {
        try {
            return receive(message);
        } catch (RuntimeException refused) { // another release's names, or this node is being closed
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletableFuture<RaftMessage> receive(RaftMessage message) {
        return switch (message.body()) {
            case RpcRequests.AppendEntriesRequest it -> forward(it.getGroupId(), it.getPeerId(), message);
            case RpcRequests.RequestVoteRequest it -> forward(it.getGroupId(), it.getPeerId(), message);
            case RpcRequests.InstallSnapshotRequest it -> forward(it.getGroupId(), it.getPeerId(), message);
            case RpcRequests.TimeoutNowRequest it -> forward(it.getGroupId(), it.getPeerId(), message);
            case RpcRequests.ReadIndexRequest it -> forward(it.getGroupId(), it.getPeerId(), message);
            case RpcRequests.GetFileRequest it ->
                GroupInbox.answered(
                        threads,
                        RpcRequests.GetFileResponse.getDefaultInstance(),
                        done -> FileService.getInstance().handleGetFile(it, done));
            case RpcRequests.PingRequest _ -> CompletableFuture.completedFuture(RaftMessage.of(PONG));
            default -> CompletableFuture.failedFuture(new IllegalArgumentException("not a request"));
        };
    }

    private static final Message PONG = RpcRequests.ErrorResponse.newBuilder()
            .setErrorCode(0)
            .setErrorMsg("")
            .build();

    private CompletableFuture<RaftMessage> forward(String group, @Nullable String peer, RaftMessage message) {
        var inbox = inboxes.get(key(group, GroupMessages.memberOf(String.valueOf(peer))));
        return inbox == null
                ? CompletableFuture.failedFuture(
                        new IllegalStateException("node " + node + " has no replica of group " + group))
                : inbox.receive(message);
    }

    /** The groups go first. */
    @Override
    public void close() {
        NodeManager.getInstance().removeAddress(GroupMember.storage(node).peer().getEndpoint());
        threads.close();
    }
}
