package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.closure.ReadIndexClosure;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.core.NodeImpl;
import com.alipay.sofa.jraft.entity.EnumOutter.ErrorType;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.entity.Task;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.option.ApplyTaskMode;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.ReadOnlyOption;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import dev.evenkeel.replication.LeadershipListener;
import dev.evenkeel.replication.LogCorruptException;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.LogTail;
import dev.evenkeel.replication.LogTruncatedException;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicatedStateMachine;
import dev.evenkeel.replication.ReplicationException;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.replication.Vote;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's replica of a group of several. */
public final class RaftGroup implements ReplicationGroup {
    private static final Logger LOG = LoggerFactory.getLogger(RaftGroup.class);

    /** How long a proposal stays in doubt when its leader is lost. A new one has told by then, or there is none. */
    private static final Duration DOUBT_MAX = Duration.ofSeconds(5);

    private final RaftHost host;
    private final String name;
    private final RaftGroupOptions options;
    private final GroupMember self;
    private final ProposalQueue proposals;
    private final VoteGuard guard;
    private final LeaderLease lease;
    private final GroupMessages messages;
    private final NodeImpl engine;
    private final GroupInbox inbox;
    private final Executor listening;
    private final List<LeadershipListener> listeners = new CopyOnWriteArrayList<>();

    /** What the listeners have been told; theirs, {@link #listening}'s. */
    private boolean toldLeading;

    private final AtomicLong bytesSinceSnapshot = new AtomicLong();
    private final AtomicBoolean handingOver = new AtomicBoolean(); // because its machine takes no entries
    private final AtomicBoolean announcing = new AtomicBoolean();
    private final AtomicBoolean snapshotting = new AtomicBoolean();
    private final AtomicBoolean replacing = new AtomicBoolean();

    /** Whether everything committed before this replica's leadership is applied, and it has not ended since. */
    private volatile boolean leads;

    /** Raised before those who proposed up to it are told. */
    private volatile long appliedLsn;

    private volatile boolean closed;
    private volatile @Nullable String failure;
    private volatile boolean hasFailed;
    private volatile boolean damaged;

    private RaftGroup(RaftHost host, String name, RaftGroupOptions options) {
        this.host = host;
        this.name = name;
        this.options = options;
        this.self = new GroupMember(host.node(), options.kind());
        this.proposals = new ProposalQueue(
                options.id(),
                CompletableFuture.delayedExecutor(DOUBT_MAX.toMillis(), TimeUnit.MILLISECONDS, host.threads()));
        var timings = host.timings();
        var log = options.log();
        boolean isNew = log.vote().equals(Vote.NONE) && log.lastIndex() == 0;
        this.guard = new VoteGuard(host.ticker(), timings.electionTimeout().toNanos(), isNew);
        this.lease = new LeaderLease(host.ticker(), timings.lease().toNanos());
        this.messages =
                new GroupMessages(host.wire(), host.ticker(), guard, lease, timings.electionTimeout(), this::later);
        this.engine = new NodeImpl(name, self.peer());
        this.inbox = new GroupInbox(engine, guard, host.threads());
        this.listening = new SerialExecutor(host.threads());
    }

    private void later(Duration delay, Runnable task) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, host.threads())
                .execute(task);
    }

    static RaftGroup open(RaftHost host, String name, RaftGroupOptions options) {
        var members = members(options);
        var group = new RaftGroup(host, name, options);
        boolean opened = false;
        try {
            opened = ScopedValue.where(EngineTimers.TIMINGS, host.timings())
                    .call(() -> group.engine.init(group.engineOptions(members)));
            host.attach(name, group.self, group.inbox); // not before: the engine sets its term up without a lock
        } finally {
            if (!opened) {
                group.closeAtOnce();
            }
        }
        if (!opened && group.damaged) {
            throw new ReplicaCorruptException("group " + options.id() + ": " + group.failure, null);
        }
        if (!opened) {
            throw new IllegalStateException("group " + options.id() + " cannot be opened; the log says why");
        }
        return group;
    }

    private static List<ConfigurationEntry> members(RaftGroupOptions options) {
        try {
            return EngineLog.members(options.log());
        } catch (LogCorruptException damaged) {
            options.log().close();
            throw new ReplicaCorruptException("the log of group " + options.id() + " is damaged", damaged);
        } catch (ReplicationException unreadable) {
            options.log().close();
            throw unreadable;
        }
    }

    private EngineOptions engineOptions(List<ConfigurationEntry> members) {
        var timings = host.timings();
        var engineOptions = new EngineOptions(messages);
        var faults = new Faults();
        engineOptions.setServiceFactory(
                new EngineServices(options.log(), members, options.snapshots(), options.kind(), faults));
        engineOptions.setFsm(
                new GroupMachine(this, new GroupSnapshots(options.machine(), host.threads(), faults::snapshotDamaged)));
        engineOptions.setInitialConf(GroupMember.configuration(options.founders()));
        engineOptions.setLogUri("log");
        engineOptions.setRaftMetaUri("vote");
        engineOptions.setSnapshotUri(options.snapshots().toString());
        engineOptions.setSnapshotIntervalSecs(0); // by volume, not by time
        engineOptions.setFilterBeforeCopyRemote(true); // a copy that was interrupted keeps the files that it has
        engineOptions.setSnapshotThrottle(host.snapshotThrottle());
        engineOptions.setElectionTimeoutMs(timings.electionTimeoutMillis());
        engineOptions.setElectionPriority(self.peer().getPriority());
        engineOptions.setApplyTaskMode(ApplyTaskMode.Blocking);
        engineOptions.setRpcProcessorThreadPoolSize(RPC_THREADS);
        engineOptions.setDisableCli(true);
        var raft = new RaftOptions();
        raft.setElectionHeartbeatFactor(timings.heartbeatFactor());
        raft.setMaxElectionDelayMs(EngineTimers.RandomTimer.SPREAD_MILLIS);
        raft.setEnableLogEntryChecksum(true);
        raft.setReadOnlyOptions(ReadOnlyOption.ReadOnlySafe);
        raft.setApplyBatch(APPLY_BATCH);
        raft.setDisruptorBufferSize(ENGINE_QUEUE);
        raft.setMaxReplicatorInflightMsgs(MESSAGES_UNDER_WAY);
        engineOptions.setRaftOptions(raft);
        return engineOptions;
    }

    /** For answers to this replica's requests; the engine wants at least three. */
    private static final int RPC_THREADS = 3;

    /**
     * Of entries to one follower, of a quarter of a megabyte at most each. The engine's 256 of a node that catches up would
     * stand before the heartbeats of all groups of the two nodes, and before its disk.
     */
    private static final int MESSAGES_UNDER_WAY = 16;

    private static final int APPLY_BATCH = 128;

    /** Must be a power of two, and above what may be in flight. */
    private static final int ENGINE_QUEUE = 16_384;

    static {
        if (ENGINE_QUEUE <= ProposalQueue.IN_FLIGHT_MAX) {
            throw new IllegalStateException("proposers would wait for the engine under the lock that it needs");
        }
    }

    @Override
    public int id() {
        return options.id();
    }

    @Override
    public long term() {
        return proposals.term();
    }

    @Override
    public Proposal propose(byte[] entry, long term) {
        if (entry.length == 0 || entry.length > LogEntry.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
        }
        return proposals.propose(entry, term);
    }

    @Override
    public void readBarrier() {
        checkLeads();
        if (!lease.isValid()) {
            askMajority();
            checkLeads();
        }
    }

    @Override
    public void readBarrierForAll() {
        checkLeads();
        long committed = engine.getLastCommittedIndex(); // before the lease: while it lasts, nobody commits elsewhere
        if (!lease.isValid() || engine.getLastAppliedLogIndex() < committed) {
            askMajority(); // which waits until what was committed is applied here
            checkLeads();
        }
    }

    private void checkLeads() {
        if (!leads || !engine.isLeader(false)) {
            throw new NotLeaderException("this replica of group " + id() + " does not lead", null);
        }
    }

    /** No lease, as right after an election, while members change, or after a long pause: a round of messages instead. */
    private void askMajority() {
        var confirmed = new CompletableFuture<Long>();
        engine.readIndex(ReadOnlyOption.ReadOnlySafe, new byte[0], new ReadIndexClosure() {
            @Override
            public void run(Status status, long index, byte[] context) {
                if (status.isOk()) {
                    confirmed.complete(index);
                } else {
                    confirmed.completeExceptionally(new NotLeaderException(status.getErrorMsg(), null));
                }
            }
        });
        try {
            confirmed.get(host.timings().electionTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NotLeaderException("this replica of group " + id() + " cannot reach a majority", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotLeaderException("interrupted", e);
        }
    }

    @Override
    public long appliedLsn() {
        return appliedLsn;
    }

    /** The node that leads, as far as this replica knows. */
    public Optional<String> leader() {
        var leader = engine.getLeaderId();
        return leader == null || leader.isEmpty() ? Optional.empty() : Optional.of(leader.getIp());
    }

    /** Not when the engine has given leadership up and it waits, behind a store that takes nothing, to be told here. */
    public boolean leads() {
        return leads && engine.isLeader(false);
    }

    public GroupStatus status() {
        return new GroupStatus(
                id(),
                self,
                leader().orElse(null),
                leads,
                options.log().vote().term(),
                toldByEngine(engine::getLastLogIndex),
                toldByEngine(engine::getLastCommittedIndex),
                toldByEngine(engine::getLastAppliedLogIndex),
                leads ? voters() : List.of(),
                failure);
    }

    /** The engine tells nothing once it has failed; a failed replica must still be able to say that it has. */
    private long toldByEngine(LongSupplier index) {
        try {
            return index.getAsLong();
        } catch (IllegalStateException failed) {
            return appliedLsn;
        }
    }

    /** A replica that was given a snapshot has no log before it, so nobody can rely on one. */
    @Override
    public LogTail tail(long afterLsn) {
        throw new LogTruncatedException("group " + id() + ": the log is kept for replicas alone", null);
    }

    @Override
    public LogTail tail() {
        return tail(appliedLsn);
    }

    @Override
    public void listen(LeadershipListener listener) {
        listening.execute(() -> {
            listeners.add(listener);
            if (toldLeading) {
                listener.lead();
            }
        });
    }

    // --- what the engine tells ---------------------------------------------------------------------------------------

    void machineApplies(List<LogEntry> entries) {
        ReplicatedStateMachine machine = options.machine();
        if (machine != null) {
            machine.apply(entries);
        }
    }

    void applied(List<ProposalQueue.AppliedEntry> entries, long bytes) {
        appliedLsn = entries.getLast().index();
        proposals.applied(entries);
        if (options.announcesCommits() && leads && announcing.compareAndSet(false, true)) {
            host.threads().execute(this::announceCommits);
        }
        if (bytesSinceSnapshot.addAndGet(bytes) >= options.snapshotBytes()) {
            snapshotLater();
        }
    }

    /** A round of heartbeats, which carry what is committed: otherwise followers learn it with the next one or entry. */
    public void announceCommits() {
        announcing.set(false);
        engine.readIndex(ReadOnlyOption.ReadOnlySafe, new byte[0], new ReadIndexClosure() {
            @Override
            public void run(Status status, long index, byte[] context) {}
        });
    }

    void restored(long lsn) {
        appliedLsn = lsn;
        bytesSinceSnapshot.set(0);
    }

    void stalled(@Nullable RuntimeException cause) {
        proposals.unavailable(
                cause == null
                        ? null
                        : "group " + id() + " takes no writes until its store does: " + cause.getMessage());
        failure = cause == null ? null : String.valueOf(cause.getMessage());
        if (cause != null && leads && handingOver.compareAndSet(false, true)) { // told again with each attempt
            host.threads().execute(() -> {
                try {
                    handOver();
                } finally {
                    handingOver.set(false);
                }
            });
        }
    }

    void leads(long raftTerm) {
        otherVoters().ifPresentOrElse(voters -> lease.begin(raftTerm, voters), lease::end);
        if (self.kind() == GroupMember.Kind.LOG) {
            host.threads().execute(this::handOverUntilDone);
            return;
        }
        proposals.lead(new EngineProposals(), raftTerm);
        leads = true;
        listening.execute(() -> tell(true));
    }

    /** Empty when this replica does not lead any more, which is not the same as to be the only voter. */
    private Optional<List<GroupMember>> otherVoters() {
        var voters = voters();
        return voters.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        voters.stream().filter(member -> !member.equals(self)).toList());
    }

    /** Empty when this replica does not lead any more: then they are not its to tell. */
    private List<GroupMember> voters() {
        try {
            return GroupMember.of(engine.listPeers());
        } catch (IllegalStateException notLeader) {
            return List.of();
        }
    }

    void follows() {
        lease.end();
        if (!leads) {
            return;
        }
        leads = false;
        proposals.follow();
        listening.execute(() -> tell(false));
    }

    /** One that throws keeps nothing from the others. */
    private void tell(boolean leading) {
        toldLeading = leading;
        for (var listener : listeners) {
            try {
                if (leading) {
                    listener.lead();
                } else {
                    listener.follow();
                }
            } catch (RuntimeException failed) {
                LOG.error("Group {}: a listener failed", id(), failed);
            }
        }
    }

    void failed(RaftException e) {
        LOG.error("Group {}: this replica has failed", id(), e);
        if (!damaged) { // else that is why
            failure = String.valueOf(e.getMessage());
        }
        inbox.fail();
        hasFailed = true;
        proposals.end("this replica of group " + id() + " has failed");
    }

    /** Whether the engine has given this replica up, as when the log took no entry: it can only be opened again. */
    public boolean hasFailed() {
        return hasFailed;
    }

    /**
     * Whether an entry of this replica's log, or the snapshot that stands for its beginning, is not what was written: it
     * cannot be trusted with the others either.
     */
    public boolean isDamaged() {
        return damaged;
    }

    private final class Faults implements EngineServices.Faults {
        @Override
        public void logDamaged() {
            damaged = true;
            failure = "an entry of the log is damaged";
        }

        @Override
        public void snapshotDamaged() {
            damaged = true;
            failure = "the snapshot is damaged";
        }

        /** The engine goes on when a vote is not durable. It must not: after a restart this replica might vote twice. */
        @Override
        public void voteNotDurable() {
            var error = new RaftException(
                    ErrorType.ERROR_TYPE_META, new Status(RaftError.EIO, "the vote could not be made durable"));
            host.threads().execute(() -> engine.onError(error));
        }

        @Override
        public void sentSnapshotDamaged() {
            if (replacing.compareAndSet(false, true)) {
                host.threads().execute(RaftGroup.this::replaceSnapshot);
            }
        }
    }

    private final class EngineProposals implements ProposalQueue.Engine {
        @Override
        public void apply(ByteBuffer entry, RaftProposal proposal, long raftTerm) {
            try {
                engine.apply(new Task(entry, proposal, raftTerm));
            } catch (IllegalStateException stopped) {
                LOG.debug("Group {} is being closed; the proposal hears of it by itself", id(), stopped);
            }
        }

        @Override
        public long lastIndex() {
            return toldByEngine(engine::getLastLogIndex); // whatever stands on another index is refused then
        }
    }

    // --- snapshots ---------------------------------------------------------------------------------------------------

    /** The node's log is too large because of this group: its beginning is given up as soon as it can be. */
    public void relieveLog() {
        snapshotLater();
    }

    private void snapshotLater() {
        if (snapshotting.compareAndSet(false, true)) {
            bytesSinceSnapshot.set(0);
            snapshot();
        }
    }

    /** Makes a snapshot of everything applied so far; done when the log before it is not needed any more. */
    public CompletableFuture<Void> snapshot() {
        var done = new CompletableFuture<Void>();
        engine.snapshot(status -> {
            snapshotting.set(false);
            settle(done, status);
        });
        return done;
    }

    /** Says nothing: it only makes the log longer. */
    private static final byte[] NO_PAYLOAD = new byte[0];

    /**
     * Makes a snapshot in the place of one that is damaged, and which is sent again and again until then. The state is looked
     * at first: some of a snapshot's files may be its own. For the leader's replica, which alone sends snapshots.
     */
    private void replaceSnapshot() {
        LOG.error("Group {}: a snapshot was damaged when it was sent; another one is made", id());
        try {
            var machine = options.machine();
            if (machine != null) {
                machine.verify();
            }
            proposals.propose(NO_PAYLOAD, term()).await(); // the engine makes no second one of the same index
            snapshot().join();
        } catch (RuntimeException e) {
            LOG.warn("Group {}: no snapshot could be made in the place of the damaged one yet", id(), e);
        } finally {
            replacing.set(false);
        }
    }

    private static void settle(CompletableFuture<Void> future, Status status) {
        if (status.isOk()) {
            future.complete(null);
        } else {
            future.completeExceptionally(new IllegalStateException(status.getErrorMsg()));
        }
    }

    // --- membership and leadership -----------------------------------------------------------------------------------

    /**
     * Makes these the voters, in one step that is safe whatever fails meanwhile (joint consensus); those that are new catch
     * up first. For the leader's replica; one change at a time.
     */
    public CompletableFuture<Void> changeMembers(Collection<GroupMember> members) {
        var configuration = GroupMember.configuration(members);
        var promoted = new ArrayList<PeerId>();
        for (var learner : engine.listLearners()) {
            if (configuration.contains(learner)) {
                promoted.add(learner);
            } else {
                configuration.addLearner(learner);
            }
        }
        if (promoted.isEmpty()) {
            return changed(done -> engine.changePeers(configuration, done));
        }
        // the engine has no step from one to the other; what they have they keep
        return changed(done -> engine.removeLearners(promoted, done))
                .thenCompose(_ -> changed(done -> engine.changePeers(configuration, done)));
    }

    /** Makes these nodes follow the group without a vote, in addition to those that do. For the leader's replica. */
    public CompletableFuture<Void> addLearner(String node) {
        return changed(
                done -> engine.addLearners(List.of(GroupMember.storage(node).peer()), done));
    }

    public CompletableFuture<Void> removeLearner(String node) {
        return changed(
                done -> engine.removeLearners(List.of(GroupMember.storage(node).peer()), done));
    }

    /** Those that follow without a vote; empty when this replica does not lead. */
    public List<String> learners() {
        try {
            return engine.listLearners().stream().map(PeerId::getIp).toList();
        } catch (IllegalStateException notLeader) {
            return List.of();
        }
    }

    private interface Change {
        void begin(Closure done);
    }

    private CompletableFuture<Void> changed(Change change) {
        var done = new CompletableFuture<Void>();
        lease.suspend(done);
        nudgeUntil(done);
        change.begin(status -> {
            // a replica that does not lead any more has no lease to resume; to lead again begins one
            otherVoters().ifPresent(voters -> lease.resume(done, voters));
            settle(done, status);
        });
        return done;
    }

    /**
     * The engine learns that a new member has caught up from the answer to an entry, or to a probe. When it has not come to
     * wait for that yet, as the answer was quick, it waits for the next entry; and in a group to which nobody writes for ever.
     */
    private void nudgeUntil(CompletableFuture<Void> done) {
        later(host.timings().electionTimeout(), () -> {
            if (done.isDone() || closed) {
                return;
            }
            try {
                var unused = proposals.propose(NO_PAYLOAD, term());
            } catch (ReplicationException notNow) {
                LOG.debug("Group {} takes no entry that would end a change of members", id(), notNow);
            }
            nudgeUntil(done);
        });
    }

    /** Hands leadership to that node's storage replica, when it has caught up within an election timeout. */
    public boolean transferLeadership(String node) {
        var target = GroupMember.storage(node);
        return voters().contains(target)
                && engine.transferLeadershipTo(target.peer()).isOk();
    }

    /**
     * Hands leadership to any storage replica that takes it; returns when another one leads, or when each was asked. For
     * planned stops, so that nobody has to wait for the lease.
     */
    public void handOver() {
        for (var member : alive()) {
            boolean canLead = !member.equals(self) && member.kind() == GroupMember.Kind.STORAGE;
            if (canLead && transferLeadership(member.node()) && awaitFollowing()) {
                return;
            }
        }
    }

    /** A log replica that was elected, since it alone has the newest entries, leads until another one has them, too. */
    private void handOverUntilDone() {
        while (!closed && engine.isLeader(false)) {
            handOver();
            LockSupport.parkNanos(HAND_OVER_PAUSE_NANOS);
        }
    }

    private static final long HAND_OVER_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private List<GroupMember> alive() {
        try {
            return GroupMember.of(engine.listAlivePeers());
        } catch (IllegalStateException notLeader) {
            return List.of();
        }
    }

    private boolean awaitFollowing() {
        long begunNanos = host.ticker().nanos();
        while (!isLedByAnother()) {
            if (host.ticker().nanos() - begunNanos
                            > host.timings().electionTimeout().toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return true;
    }

    /** The node may be the same: a storage replica takes over from the log replica beside it. */
    private boolean isLedByAnother() {
        var leader = engine.getLeaderId();
        return leader != null && !leader.isEmpty() && !leader.equals(self.peer());
    }

    /**
     * Stands for election as soon as a majority is there to vote, instead of waiting for a timeout: for the replica that
     * is to lead a new group first. Nothing happens in a group that has elected somebody, nor in
     * a replica that has a log: voters must keep what they promised a leader of which it may not know.
     */
    public void campaign() {
        if (options.log().lastIndex() > 0) {
            return;
        }
        host.threads().execute(() -> {
            for (int i = 0; i < CAMPAIGN_ATTEMPTS_MAX && !closed && leader().isEmpty(); i++) {
                if (hearsMajority()) {
                    campaignNow();
                    return;
                }
                LockSupport.parkNanos(CAMPAIGN_PAUSE_NANOS);
            }
        });
    }

    private static final int CAMPAIGN_ATTEMPTS_MAX = 300;
    private static final long CAMPAIGN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Any answer will do: who answers has opened its replica. */
    private boolean hearsMajority() {
        var others = options.founders().stream()
                .filter(member -> !member.equals(self))
                .toList();
        var timeout = host.timings().heartbeat();
        var answers = others.stream()
                .map(member -> host.wire().send(member.node(), RaftMessage.of(wouldYouVote(member)), timeout))
                .toList();
        long heard = answers.stream()
                .filter(answer -> answer.handle((_, failure) -> failure == null).join())
                .count();
        return 2 * (heard + 1) > options.founders().size();
    }

    private RequestVoteRequest wouldYouVote(GroupMember member) {
        return RequestVoteRequest.newBuilder()
                .setGroupId(name)
                .setServerId(self.peer().toString())
                .setPeerId(member.peer().toString())
                .setTerm(options.log().vote().term() + 1)
                .setLastLogIndex(0)
                .setLastLogTerm(0)
                .setPreVote(true)
                .build();
    }

    private void campaignNow() {
        long term = options.log().vote().term();
        var request = TimeoutNowRequest.newBuilder()
                .setGroupId(name)
                .setServerId(self.peer().toString())
                .setPeerId(self.peer().toString())
                .setTerm(term)
                .build();
        inbox.receive(new RaftMessage(request, 1));
    }

    /** For tests of it. */
    boolean hasLease() {
        return lease.isValid();
    }

    /** For tests of what it says. */
    NodeImpl engine() {
        return engine;
    }

    public boolean isClosed() {
        return closed;
    }

    /** Hands over first when it leads. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (engine.isLeader(false)) {
            handOver();
        }
        closeAtOnce();
    }

    /** As a crash would end it, but for the log, which is closed in order. */
    public void closeAtOnce() {
        closed = true;
        host.detach(name, self, inbox);
        var stopped = new CompletableFuture<Void>();
        engine.shutdown(_ -> stopped.complete(null));
        try {
            engine.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        proposals.close();
        options.log().close();
    }
}
