package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** A storage side that makes up things, knows what is true, and says so in pushes. */
final class RandomCluster {
    private static final int GROUPS = 5;

    private final Random random;
    private final TreeMap<Integer, List<PlacedPartition>> tables = new TreeMap<>();
    private final List<GroupMembership> groups = new ArrayList<>();
    private final List<Integer> dropped = new ArrayList<>();
    private int nextTableId = 1;
    private long nextPartitionId = 1;

    RandomCluster(Random random) {
        this.random = random;
        for (int i = 0; i < GROUPS; i++) {
            groups.add(membership(i, 1));
        }
    }

    /** Something happens. */
    PartitionPush next() {
        return switch (random.nextInt(12)) {
            case 0 -> createTable();
            case 1 -> random.nextInt(3) == 0 ? dropTable() : createTable();
            case 2, 3 -> changeGroup();
            case 4, 5 -> move();
            default -> split();
        };
    }

    /** Everything that is true, as a storage side tells it that has just started. */
    PartitionPush all() {
        var facts = new ArrayList<Fact>(groups);
        tables.values().forEach(facts::addAll);
        dropped.forEach(id -> facts.add(new DroppedTable(id)));
        return new PartitionPush(facts);
    }

    private PartitionPush createTable() {
        var placed = new PlacedPartition(
                Partitions.partition(nextPartitionId++, nextTableId++, new byte[0], null, random.nextInt(GROUPS)), 1);
        tables.put(placed.partition().tableId(), List.of(placed));
        return push(placed);
    }

    private PartitionPush dropTable() {
        if (tables.isEmpty()) {
            return createTable();
        }
        int tableId = anyTable();
        tables.remove(tableId);
        dropped.add(tableId);
        return new PartitionPush(List.of(new DroppedTable(tableId)));
    }

    private PartitionPush changeGroup() {
        int groupId = random.nextInt(GROUPS);
        groups.set(groupId, membership(groupId, groups.get(groupId).version() + 1));
        return new PartitionPush(List.of(groups.get(groupId)));
    }

    private GroupMembership membership(int groupId, long version) {
        var members = new ArrayList<GroupMember>();
        for (int i = 0; i < 3; i++) {
            var role = random.nextInt(4) == 0 ? GroupMember.Role.LOG : GroupMember.Role.STORAGE;
            members.add(new GroupMember("node-" + i + random.nextInt(10), role));
        }
        var leader =
                random.nextInt(5) == 0 ? null : members.get(random.nextInt(3)).node();
        return new GroupMembership(groupId, version, members, leader);
    }

    private PartitionPush move() {
        if (tables.isEmpty()) {
            return createTable();
        }
        var placed = anyPartition();
        var old = placed.partition();
        var moved = new PlacedPartition(
                Partitions.partition(old.id(), old.tableId(), old.from(), old.to(), random.nextInt(GROUPS)),
                placed.version() + 1);
        replace(placed, List.of(moved));
        return push(moved);
    }

    /** The halves have new ids, or one of them is the old partition with new borders. */
    private PartitionPush split() {
        if (tables.isEmpty()) {
            return createTable();
        }
        var placed = anyPartition();
        var old = placed.partition();
        var cut = cut(old);
        if (cut.isEmpty()) {
            return move();
        }
        int keeper = random.nextInt(3); // of the old id: the lower half, the upper half, or none
        var lower = new PlacedPartition(
                Partitions.partition(
                        keeper == 0 ? old.id() : nextPartitionId++,
                        old.tableId(),
                        old.from(),
                        cut.get(),
                        old.groupId()),
                keeper == 0 ? placed.version() + 1 : 1);
        var upper = new PlacedPartition(
                Partitions.partition(
                        keeper == 1 ? old.id() : nextPartitionId++, old.tableId(), cut.get(), old.to(), old.groupId()),
                keeper == 1 ? placed.version() + 1 : 1);
        replace(placed, List.of(lower, upper));
        return push(lower, upper);
    }

    /** A position inside, if a few attempts find one. */
    private Optional<byte[]> cut(PartitionDescriptor partition) {
        for (int i = 0; i < 10; i++) {
            var cut = position();
            if (partition.contains(cut) && !Arrays.equals(cut, partition.from())) {
                return Optional.of(cut);
            }
        }
        return Optional.empty();
    }

    byte[] position() {
        var position = new byte[random.nextInt(4)];
        random.nextBytes(position);
        return position;
    }

    /** Of a table, one that was dropped, or one that never was. */
    int anyTableId() {
        return random.nextInt(1, nextTableId + 1);
    }

    private int anyTable() {
        var ids = List.copyOf(tables.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private PlacedPartition anyPartition() {
        var partitions = tables.getOrDefault(anyTable(), List.of());
        return partitions.get(random.nextInt(partitions.size()));
    }

    private void replace(PlacedPartition placed, List<PlacedPartition> next) {
        var partitions = new ArrayList<>(tables.getOrDefault(placed.partition().tableId(), List.of()));
        int at = partitions.indexOf(placed);
        partitions.remove(at);
        partitions.addAll(at, next);
        tables.put(placed.partition().tableId(), partitions);
    }

    /** Partitions with the groups that host them, as a storage node pushes them. */
    private PartitionPush push(PlacedPartition... placed) {
        var facts = new ArrayList<Fact>();
        for (var each : placed) {
            facts.add(groups.get(each.partition().groupId()));
            facts.add(each);
        }
        return new PartitionPush(facts);
    }

    /** The truth: the partition that holds that position, found by looking at each. */
    Optional<Route> route(int tableId, byte[] position) {
        return tables.getOrDefault(tableId, List.of()).stream()
                .filter(placed -> placed.partition().contains(position))
                .findAny()
                .map(placed -> new Route(placed, groups.get(placed.partition().groupId())));
    }
}
