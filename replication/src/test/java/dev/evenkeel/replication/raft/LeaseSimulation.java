package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.rpc.RaftServerService;
import com.alipay.sofa.jraft.rpc.RpcRequestClosure;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.InstallSnapshotRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.ReadIndexResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.RequestVoteResponse;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowRequest;
import com.alipay.sofa.jraft.rpc.RpcRequests.TimeoutNowResponse;
import com.alipay.sofa.jraft.rpc.RpcResponseClosure;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.evenkeel.model.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Three replicas with the real guard, lease, inbox and outgoing messages around a small engine that stands for election
 * whenever it likes, in virtual time: clocks up to a tenth too fast or slow, late and lost messages, cuts, pauses,
 * restarts and hand-overs whose command comes late, when the leader has long led again. A strong read must know every write acknowledged before it began.
 */
final class LeaseSimulation {
    /** What is left out to see that it is needed. */
    enum Without {
        NOTHING,
        A_GUARD_AFTER_RESTARTS,
        THE_GUARD_ON_ONES_OWN_CAMPAIGN,
        THE_GUARD_OF_VOTERS,
        COUNTING_FROM_WHEN_IT_WAS_SENT,
        GIVING_THE_LEASE_UP_TO_HAND_OVER,
        TELLING_VOTERS_THAT_A_HAND_OVER_IS_GIVEN_UP
    }

    private static final int NODES = 3;
    private static final long MILLI = 1_000_000;
    private static final long END = 60_000 * MILLI;
    private static final RaftTimings TIMINGS = RaftTimings.DEFAULT;

    private record Event(long at, long number, Runnable what) {}

    private final Without without;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>((a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.number, b.number));
    private final List<Node> nodes = new ArrayList<>();
    private final boolean[][] cut = new boolean[NODES][NODES];
    private long now;
    private long scheduled;
    private int acknowledged;
    int reads;
    int leaderships;

    /** The first stale read; null when there was none. */
    @Nullable
    String stale;

    LeaseSimulation(long seed, Without without) {
        this.random = new Random(seed);
        this.without = without;
        for (int i = 0; i < NODES; i++) {
            nodes.add(new Node(i));
        }
    }

    LeaseSimulation run() {
        nodes.forEach(Node::begin);
        while (stale == null && now < END) {
            var event = events.remove();
            now = event.at;
            event.what.run();
        }
        return this;
    }

    private void after(long nanos, Runnable what) {
        events.add(new Event(now + nanos, scheduled++, what));
    }

    private long between(long millis, long orMillis) {
        return millis * MILLI + (long) (random.nextDouble() * (orMillis - millis) * MILLI);
    }

    /** A few milliseconds; now and then seconds. */
    private long delay() {
        return random.nextInt(30) == 0 ? between(20, 3_000) : between(0, 20);
    }

    private static GroupMember member(int id) {
        return GroupMember.storage("n" + id);
    }

    private static int idOf(String node) {
        return Integer.parseInt(node.substring(1));
    }

    private enum Role {
        FOLLOWER,
        CANDIDATE,
        LEADER
    }

    /** One process: what is kept over a restart, and what is not. */
    private final class Node implements RaftServerService, Ticker, RaftWire {
        private final int id;
        private final double speed = 0.9 + 0.2 * random.nextDouble();
        private long pausedUntil;

        // kept
        private long term;
        private int votedFor = -1;
        private List<Long> log = new ArrayList<>(); // the terms of the entries

        // not kept
        private int life;
        private Role role = Role.FOLLOWER;
        private int committed;
        private int firstOwn;
        private final Set<Integer> votes = new HashSet<>();
        private final Map<Integer, Integer> matches = new HashMap<>();
        private VoteGuard guard;
        private LeaderLease lease;
        private GroupMessages messages;
        private GroupInbox inbox;

        Node(int id) {
            this.id = id;
            start(true);
        }

        private void start(boolean isNew) {
            life++;
            role = Role.FOLLOWER;
            committed = 0;
            guard = new VoteGuard(
                    this, TIMINGS.electionTimeout().toNanos(), isNew || without == Without.A_GUARD_AFTER_RESTARTS);
            lease = new LeaderLease(this, TIMINGS.lease().toNanos());
            messages = new GroupMessages(this, this, guard, lease, Duration.ZERO, (_, task) -> task.run());
            var asked = without == Without.THE_GUARD_OF_VOTERS ? new VoteGuard(this, 0, true) : guard;
            inbox = new GroupInbox(this, asked, this::soon);
        }

        @Override
        public long nanos() {
            return (long) (now * speed);
        }

        @Override
        public long epochMillis() {
            return nanos() / MILLI;
        }

        void begin() {
            every(50, 600, () -> {
                if (guard.mayVote(term + 1, 0) || random.nextInt(20) == 0) { // mostly as engines do, which ask before
                    campaign();
                }
            });
            every(250, 350, this::beat);
            every(5, 60, this::write);
            every(1, 30, this::read);
            every(2_000, 10_000, this::handOver);
            every(2_000, 12_000, () -> start(false));
            every(500, 6_000, () -> pausedUntil = now + between(50, 2_000));
            every(500, 4_000, () -> {
                int other = random.nextInt(NODES);
                boolean bothWays = random.nextBoolean();
                cut(other, bothWays, true);
                after(between(100, 4_000), () -> cut(other, bothWays, false));
            });
            every(3_000, 12_000, this::isolate);
        }

        private void cut(int other, boolean bothWays, boolean isCut) {
            cut[id][other] = isCut;
            if (bothWays) {
                cut[other][id] = isCut;
            }
        }

        /** What is on its way still arrives. */
        private void isolate() {
            setIsolated(true);
            after(between(1_000, 4_000), () -> setIsolated(false));
        }

        private void setIsolated(boolean isolated) {
            for (int other = 0; other < NODES; other++) {
                cut[id][other] = isolated;
                cut[other][id] = isolated;
            }
        }

        private void every(long millis, long orMillis, Runnable what) {
            after(between(millis, orMillis), () -> {
                awake(what);
                every(millis, orMillis, what);
            });
        }

        private void soon(Runnable task) {
            int current = life;
            after(
                    between(0, 3),
                    () -> awake(() -> {
                        if (life == current) {
                            task.run();
                        }
                    }));
        }

        /** When this process runs again. */
        private void awake(Runnable what) {
            if (pausedUntil > now) {
                after(pausedUntil - now, () -> awake(what));
            } else {
                what.run();
            }
        }

        // --- the network ---------------------------------------------------------------------------------------------

        @Override
        public CompletableFuture<RaftMessage> send(String to, RaftMessage request, Duration timeout) {
            var answer = new CompletableFuture<RaftMessage>();
            var receiver = nodes.get(idOf(to));
            int current = life;
            arrive(
                    this,
                    receiver,
                    request.body() instanceof TimeoutNowRequest && random.nextBoolean() ? between(300, 2_000) : 0,
                    () -> receiver.inbox.receive(heard(request)).whenComplete((response, failure) -> {
                        if (failure == null) {
                            arrive(receiver, this, 0, () -> {
                                if (life == current) {
                                    answer.complete(response);
                                }
                            });
                        }
                    }));
            return answer;
        }

        private RaftMessage heard(RaftMessage sent) {
            return without == Without.TELLING_VOTERS_THAT_A_HAND_OVER_IS_GIVEN_UP
                            && sent.body() instanceof AppendEntriesRequest
                    ? RaftMessage.of(sent.body())
                    : sent;
        }

        private void arrive(Node from, Node to, long lateNanos, Runnable what) {
            if (!cut[from.id][to.id] && random.nextInt(20) > 0) {
                after(lateNanos + delay(), () -> to.awake(what));
            }
        }

        @Override
        public void receiveWith(Receiver receiver) {
            throw new UnsupportedOperationException();
        }

        // --- the engine ----------------------------------------------------------------------------------------------

        private void stepDown(long newTerm) {
            if (role == Role.LEADER) {
                lease.end();
            }
            role = Role.FOLLOWER;
            if (newTerm > term) {
                term = newTerm;
                votedFor = -1;
            }
        }

        private void campaign() {
            if (role == Role.LEADER) {
                return;
            }
            role = Role.CANDIDATE;
            term++;
            votedFor = id;
            votes.clear();
            votes.add(id);
            for (var other : nodes) {
                if (other.id != id) {
                    askForVote(other);
                }
            }
        }

        private void askForVote(Node other) {
            var request = RequestVoteRequest.newBuilder()
                    .setGroupId("g")
                    .setServerId(member(id).peer().toString())
                    .setPeerId(member(other.id).peer().toString())
                    .setTerm(term)
                    .setLastLogTerm(lastTerm())
                    .setLastLogIndex(log.size())
                    .setPreVote(false)
                    .build();
            var to = "n" + other.id;
            var answer = without == Without.THE_GUARD_ON_ONES_OWN_CAMPAIGN
                    ? send(to, new RaftMessage(request, guard.handover(term)), Duration.ZERO)
                            .thenApply(RaftMessage::body)
                    : messages.send(to, request, Duration.ZERO);
            answer.thenAccept(response -> voted(other, request.getTerm(), (RequestVoteResponse) response));
        }

        private void voted(Node by, long inTerm, RequestVoteResponse answer) {
            if (answer.getTerm() > term) {
                stepDown(answer.getTerm());
            } else if (role == Role.CANDIDATE && inTerm == term && answer.getGranted()) {
                votes.add(by.id);
                if (2 * votes.size() > NODES) {
                    lead();
                }
            }
        }

        private void lead() {
            leaderships++;
            role = Role.LEADER;
            matches.clear();
            log.add(term);
            firstOwn = log.size();
            beat();
        }

        private boolean leads() {
            return role == Role.LEADER && committed >= firstOwn;
        }

        private long lastTerm() {
            return log.isEmpty() ? 0 : log.getLast();
        }

        private void write() {
            if (leads()) {
                log.add(term);
                beat();
            }
        }

        /** The whole log each time: it is short. */
        private void beat() {
            if (role != Role.LEADER) {
                return;
            }
            var data = new StringBuilder();
            log.forEach(entry -> data.append(entry).append(' '));
            for (var other : nodes) {
                if (other.id != id) {
                    append(other, ByteString.copyFromUtf8(data.toString()));
                }
            }
        }

        private void append(Node other, ByteString data) {
            var request = AppendEntriesRequest.newBuilder()
                    .setGroupId("g")
                    .setServerId(member(id).peer().toString())
                    .setPeerId(member(other.id).peer().toString())
                    .setTerm(term)
                    .setPrevLogTerm(0)
                    .setPrevLogIndex(0)
                    .setCommittedIndex(committed)
                    .setData(data)
                    .build();
            var to = "n" + other.id;
            CompletableFuture<Message> answer;
            if (without == Without.COUNTING_FROM_WHEN_IT_WAS_SENT) {
                int givenUp = lease.handoversGivenUp(term);
                answer = send(to, new RaftMessage(request, givenUp), Duration.ZERO)
                        .thenApply(response -> {
                            lease.heard(member(other.id), request.getTerm(), nanos(), givenUp);
                            return response.body();
                        });
            } else {
                answer = messages.send(to, request, Duration.ZERO);
            }
            answer.thenAccept(response -> appended(other, request.getTerm(), (AppendEntriesResponse) response));
        }

        private void appended(Node by, long inTerm, AppendEntriesResponse answer) {
            if (answer.getTerm() > term) {
                stepDown(answer.getTerm());
            } else if (role == Role.LEADER && inTerm == term && answer.getSuccess()) {
                matches.merge(by.id, (int) answer.getLastLogIndex(), Math::max);
                commit(Objects.requireNonNull(matches.get(by.id))); // with this one's own, two of three
            }
        }

        private void commit(int index) {
            if (index > committed && log.get(index - 1) == term) {
                boolean led = leads();
                committed = index;
                acknowledged = Math.max(acknowledged, committed);
                if (!led && leads()) {
                    leadAgain();
                }
            }
        }

        @Override
        public Message handleRequestVoteRequest(RequestVoteRequest request) {
            meanwhile();
            if (request.getTerm() > term) {
                stepDown(request.getTerm());
            }
            int candidate = idOf(GroupMessages.memberOf(request.getServerId()).node());
            boolean isLogOk = request.getLastLogTerm() > lastTerm()
                    || (request.getLastLogTerm() == lastTerm() && request.getLastLogIndex() >= log.size());
            if (request.getTerm() == term && isLogOk && votedFor == -1) {
                votedFor = candidate;
            }
            return RequestVoteResponse.newBuilder()
                    .setTerm(term)
                    .setGranted(request.getTerm() == term && votedFor == candidate)
                    .build();
        }

        /** Other threads of this process may come first, with what a leader sends; which then is cut off again. */
        private void meanwhile() {
            if (random.nextInt(4) > 0) {
                return;
            }
            for (var leader : nodes) {
                if (leader.role == Role.LEADER && leader.term == term) {
                    overtaking(leader);
                    leader.isolate();
                }
            }
        }

        private void overtaking(Node leader) {
            long sentNanos = leader.nanos();
            int givenUp = leader.lease.handoversGivenUp(leader.term);
            guard.heard(leader.term, without == Without.TELLING_VOTERS_THAT_A_HAND_OVER_IS_GIVEN_UP ? 0 : givenUp);
            leader.lease.heard(member(id), leader.term, sentNanos, givenUp);
        }

        @Override
        public Message handleAppendEntriesRequest(AppendEntriesRequest request, RpcRequestClosure done) {
            if (request.getTerm() < term) {
                return AppendEntriesResponse.newBuilder()
                        .setTerm(term)
                        .setSuccess(false)
                        .setLastLogIndex(log.size())
                        .build();
            }
            stepDown(request.getTerm());
            var entries = new ArrayList<Long>();
            for (var entry : request.getData().toStringUtf8().split(" ")) {
                entries.add(Long.parseLong(entry));
            }
            if (entries.size() >= log.size() || !log.subList(0, entries.size()).equals(entries)) {
                log = entries; // or it came late, and is there already
            }
            committed = Math.max(committed, (int) request.getCommittedIndex());
            return AppendEntriesResponse.newBuilder()
                    .setTerm(term)
                    .setSuccess(true)
                    .setLastLogIndex(entries.size())
                    .build();
        }

        private void handOver() {
            if (role != Role.LEADER) {
                return;
            }
            var to = nodes.get((id + 1 + random.nextInt(NODES - 1)) % NODES);
            var request = TimeoutNowRequest.newBuilder()
                    .setGroupId("g")
                    .setServerId(member(id).peer().toString())
                    .setPeerId(member(to.id).peer().toString())
                    .setTerm(term)
                    .build();
            if (without == Without.GIVING_THE_LEASE_UP_TO_HAND_OVER) {
                var unused = send("n" + to.id, new RaftMessage(request, 1), Duration.ZERO);
            } else {
                var unused = messages.send("n" + to.id, request, Duration.ZERO);
            }
            long handedOver = term;
            after(
                    between(0, 300),
                    () -> awake(() -> {
                        if (term == handedOver && leads()) { // much too early, which is not to matter
                            leadAgain();
                        }
                    }));
        }

        private void leadAgain() {
            var others = nodes.stream().filter(node -> node != this).map(node -> member(node.id));
            lease.begin(term, others.toList());
        }

        @Override
        public Message handleTimeoutNowRequest(TimeoutNowRequest request, RpcRequestClosure done) {
            if (request.getTerm() == term && role == Role.FOLLOWER) {
                campaign();
            }
            return TimeoutNowResponse.newBuilder()
                    .setTerm(term)
                    .setSuccess(true)
                    .build();
        }

        @Override
        public Message handlePreVoteRequest(RequestVoteRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Message handleInstallSnapshot(InstallSnapshotRequest request, RpcRequestClosure done) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void handleReadIndexRequest(ReadIndexRequest request, RpcResponseClosure<ReadIndexResponse> done) {
            throw new UnsupportedOperationException();
        }

        // --- strong reads --------------------------------------------------------------------------------------------

        private void read() {
            int acknowledgedBefore = acknowledged;
            if (!mayRead()) {
                return;
            }
            soon(() -> {
                int seen = committed;
                soon(() -> {
                    if (mayRead()) {
                        reads++;
                        if (seen < acknowledgedBefore) {
                            stale = "n" + id + " at " + TimeUnit.NANOSECONDS.toMillis(now) + " ms read " + seen
                                    + " when " + acknowledgedBefore + " was acknowledged";
                        }
                    }
                });
            });
        }

        private boolean mayRead() {
            return leads() && lease.isValid();
        }
    }
}
