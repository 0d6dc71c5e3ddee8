package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A group as it really is: its log grows while most voters live, and replicas follow it as fast as they can. */
final class SimulatedGroup {
    private static final int ENTRIES_A_TICK_MAX = 40;
    private static final int CATCH_UP_A_TICK = 200;
    private static final int FILL_TICKS_MAX = 12;

    private static final class Replica {
        long applied;
        int fillTicks; // until the snapshot is installed
    }

    private record Pending(Action action, int dueTick) {}

    private final Random random;
    private final Predicate<String> isAlive;
    private final Map<String, Replica> replicas = new HashMap<>();
    private final Map<String, Integer> failedSince = new HashMap<>(); // the node is there, its replica does not run
    private @Nullable String leader;
    private @Nullable Pending pending;
    private long committed;

    SimulatedGroup(GroupDescriptor group, Random random, Predicate<String> isAlive) {
        this.random = random;
        this.isAlive = isAlive;
        group.replicas().forEach(replica -> replicas.put(replica.nodeId(), new Replica()));
        this.leader = group.replicas().getFirst().nodeId();
    }

    @Nullable
    String leader() {
        return leader;
    }

    @Nullable
    Action pending() {
        return pending == null ? null : pending.action();
    }

    void begin(Action action, int tick) {
        pending = new Pending(action, tick + random.nextInt(1, 4));
    }

    /** The action whose time has come; whatever becomes of it, the group is free again. */
    @Nullable
    Action takeDue(int tick) {
        var due = pending;
        if (due == null || due.dueTick() > tick) {
            return null;
        }
        pending = null;
        return due.action();
    }

    void leadBy(String nodeId) {
        leader = nodeId;
    }

    /** Other members: who was none before begins with nothing, as does a log replica that becomes a storage replica. */
    void become(GroupDescriptor before, GroupDescriptor after) {
        for (var replica : after.replicas()) {
            var old = before.replicaOn(replica.nodeId());
            boolean stores = replica.kind() != ReplicaKind.LOG;
            boolean hadData = old.filter(it -> it.kind() != ReplicaKind.LOG).isPresent();
            if (stores && !hadData) {
                var empty = new Replica();
                empty.fillTicks = random.nextInt(1, FILL_TICKS_MAX);
                replicas.put(replica.nodeId(), empty);
            } else {
                replicas.computeIfAbsent(replica.nodeId(), _ -> new Replica());
            }
        }
        replicas.keySet().removeIf(id -> after.replicaOn(id).isEmpty());
        failedSince.keySet().removeIf(id -> after.replicaOn(id).isEmpty());
    }

    void tick(GroupDescriptor group) {
        boolean canElect = hasLivingMajority(group);
        if (!canElect || (leader != null && !canLead(group, leader))) {
            leader = null;
        }
        if (canElect && leader == null) {
            leader = group.voters().stream()
                    .map(ReplicaDescriptor::nodeId)
                    .filter(id -> canLead(group, id))
                    .min((a, b) -> Long.compare(replica(b).applied, replica(a).applied))
                    .orElse(null);
        }
        if (leader != null) {
            committed += random.nextInt(ENTRIES_A_TICK_MAX);
            replicas.forEach((id, replica) -> follow(group, id, replica));
        }
    }

    private void follow(GroupDescriptor group, String nodeId, Replica replica) {
        boolean isLog = group.replicaOn(nodeId)
                .filter(it -> it.kind() == ReplicaKind.LOG)
                .isPresent();
        if (!runs(nodeId)) {
            return;
        }
        if (isLog || nodeId.equals(leader)) {
            replica.applied = committed;
        } else if (replica.fillTicks > 0) {
            replica.fillTicks--;
            replica.applied = replica.fillTicks == 0 ? committed : 0;
        } else {
            replica.applied = Math.min(committed, replica.applied + CATCH_UP_A_TICK);
        }
    }

    boolean hasLivingMajority(GroupDescriptor group) {
        var voters = group.voters();
        return 2 * voters.stream().filter(voter -> runs(voter.nodeId())).count() > voters.size();
    }

    private boolean canLead(GroupDescriptor group, String nodeId) {
        return runs(nodeId)
                && replica(nodeId).fillTicks == 0
                && group.replicaOn(nodeId)
                        .filter(it -> it.kind() == ReplicaKind.STORAGE)
                        .isPresent();
    }

    void fail(String nodeId, int tick) {
        if (replicas.containsKey(nodeId)) {
            failedSince.putIfAbsent(nodeId, tick);
        }
    }

    void mend(String nodeId) {
        failedSince.remove(nodeId);
    }

    void mendAll() {
        failedSince.clear();
    }

    boolean runs(String nodeId) {
        return isAlive.test(nodeId) && !failedSince.containsKey(nodeId);
    }

    boolean isComplete(String nodeId) {
        return replica(nodeId).fillTicks == 0;
    }

    private Replica replica(String nodeId) {
        return replicas.getOrDefault(nodeId, new Replica());
    }

    /** What living replicas and the leader say; of the catalog's group all living nodes do. */
    GroupObservation observe(Iterable<String> followers, int tick) {
        var seen = new HashMap<String, ReplicaObservation>();
        followers.forEach(id -> seen.put(id, ReplicaObservation.running(committed, false, 1)));
        replicas.forEach((id, replica) -> {
            if (isAlive.test(id)) {
                var since = failedSince.get(id);
                seen.put(
                        id,
                        since == null
                                ? ReplicaObservation.running(
                                        replica.applied, replica.fillTicks > 0, 100 + replica.applied % 7)
                                : ReplicaObservation.failed(Duration.ofSeconds(tick - since + 1L)));
            }
        });
        return new GroupObservation(leader, committed, pending != null, seen);
    }

    @Override
    public String toString() {
        return "led by %s, pending %s, failed since %s, seen %s"
                .formatted(leader, pending, failedSince, replicas.keySet());
    }
}
