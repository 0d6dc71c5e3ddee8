package dev.evenkeel.metadata;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The whole catalog as of one version. Immutable: readers swap the reference, nobody edits it.
 *
 * <p>A name is found in a hash map, an id and a position by binary search; none of these lookups allocates more than an
 * {@code Optional}, and {@link #partitionOf} nothing at all.
 */
public final class CatalogImage {
    public static final CatalogImage EMPTY = new CatalogImage(
            0, 1, 1, Map.of(), List.of(), IdMap.empty(), IdMap.empty(), IdMap.empty(), Topology.EMPTY, new TreeMap<>());

    private final long version;
    private final int nextTableId;
    private final long nextPartitionId;
    private final Map<String, Table> byName;
    private final List<String> names; // sorted
    private final IdMap<Table> byId;
    private final IdMap<Table> byIndexId; // the table a hidden table belongs to
    private final IdMap<PartitionMap> partitions; // of tables and hidden tables
    private final Topology topology;
    private final SortedMap<Long, ChangeStream> streams; // by id

    private CatalogImage(
            long version,
            int nextTableId,
            long nextPartitionId,
            Map<String, Table> byName,
            List<String> names,
            IdMap<Table> byId,
            IdMap<Table> byIndexId,
            IdMap<PartitionMap> partitions,
            Topology topology,
            SortedMap<Long, ChangeStream> streams) {
        this.version = version;
        this.nextTableId = nextTableId;
        this.nextPartitionId = nextPartitionId;
        this.byName = byName;
        this.names = names;
        this.byId = byId;
        this.byIndexId = byIndexId;
        this.partitions = partitions;
        this.topology = topology;
        this.streams = Collections.unmodifiableSortedMap(streams);
    }

    /** The LSN of the change that made it. */
    public long version() {
        return version;
    }

    public Optional<Table> table(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The table with that id; not for ids of hidden tables. */
    public Optional<Table> tableById(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The table whose global index is the hidden table with that id. */
    public Optional<Table> tableOfIndex(int indexId) {
        return Optional.ofNullable(byIndexId.get(indexId));
    }

    /** All names in their order. */
    public List<String> tableNames() {
        return names;
    }

    /** All tables in the order of their ids. */
    public List<Table> tables() {
        return byId.values();
    }

    /**
     * The partitions of a table or of a global index's hidden table, in the order of their positions. Empty when there is
     * no such table.
     */
    public List<PartitionDescriptor> partitions(int tableId) {
        var map = partitions.get(tableId);
        return map == null ? List.of() : map.asList();
    }

    /** The partition that holds that position of a table or hidden table, which must be there. Allocates nothing. */
    public PartitionDescriptor partitionOf(int tableId, byte[] position) {
        var map = partitions.get(tableId);
        if (map == null) {
            throw new IllegalArgumentException("no table " + tableId + " in catalog version " + version);
        }
        return map.floor(position);
    }

    /** All nodes that ever registered, in the order of their ids. Empty for a single node, which need not register. */
    public List<NodeDescriptor> nodes() {
        return List.copyOf(topology.nodes().values());
    }

    public Optional<NodeDescriptor> node(String id) {
        return topology.node(id);
    }

    /** All groups in the order of their ids, with the catalog's own. Empty for a single node. */
    public List<GroupDescriptor> groups() {
        return List.copyOf(topology.groups().values());
    }

    /** The groups that host partitions, all but the catalog's own, in the order of their ids. */
    public List<GroupDescriptor> hostingGroups() {
        return topology.groups().values().stream()
                .filter(group -> group.id() != GroupDescriptor.CATALOG)
                .toList();
    }

    public Optional<GroupDescriptor> group(int id) {
        return topology.group(id);
    }

    /** The streams of all tables, those of tables that are gone among them, in the order in which they were switched on. */
    public List<ChangeStream> streams() {
        return List.copyOf(streams.values());
    }

    public Optional<ChangeStream> stream(long id) {
        return Optional.ofNullable(streams.get(id));
    }

    /** What may be written and sent: every node that has not left understands it. */
    public int featureLevel() {
        return topology.featureLevel();
    }

    Topology topology() {
        return topology;
    }

    /** The id the next table or global index gets. Ids only rise, so none is used twice. */
    int nextTableId() {
        return nextTableId;
    }

    long nextPartitionId() {
        return nextPartitionId;
    }

    CatalogImage withVersion(long next) {
        return new CatalogImage(
                next, nextTableId, nextPartitionId, byName, names, byId, byIndexId, partitions, topology, streams);
    }

    CatalogImage withNextIds(int tableId, long partitionId) {
        if (tableId < nextTableId || partitionId < nextPartitionId) {
            throw new IllegalArgumentException("ids never go back");
        }
        return new CatalogImage(
                version, tableId, partitionId, byName, names, byId, byIndexId, partitions, topology, streams);
    }

    /** With that table added or replaced. Its indexes must be there with their partitions, or follow at once. */
    CatalogImage withTable(Table table) {
        var nextByName = new HashMap<>(byName);
        var before = nextByName.put(table.name(), table);
        if (before != null && before.id() != table.id()) {
            throw new IllegalArgumentException("two tables named " + table.name());
        }
        var nextByIndexId = byIndexId;
        for (var index : before == null ? List.<GlobalIndex>of() : before.globalIndexes()) {
            nextByIndexId = nextByIndexId.without(index.id());
        }
        for (var index : table.globalIndexes()) {
            nextByIndexId = nextByIndexId.with(index.id(), table);
        }
        return new CatalogImage(
                version,
                nextTableId,
                nextPartitionId,
                nextByName,
                before == null ? sorted(nextByName) : names,
                byId.with(table.id(), table),
                nextByIndexId,
                partitions,
                topology,
                streams);
    }

    /** Without that table, its indexes and all their partitions. */
    CatalogImage withoutTable(Table table) {
        var nextByName = new HashMap<>(byName);
        nextByName.remove(table.name());
        var nextByIndexId = byIndexId;
        var nextPartitions = partitions.without(table.id());
        for (var index : table.globalIndexes()) {
            nextByIndexId = nextByIndexId.without(index.id());
            nextPartitions = nextPartitions.without(index.id());
        }
        return new CatalogImage(
                version,
                nextTableId,
                nextPartitionId,
                nextByName,
                sorted(nextByName),
                byId.without(table.id()),
                nextByIndexId,
                nextPartitions,
                topology,
                streams);
    }

    CatalogImage withPartitions(int tableId, PartitionMap map) {
        return new CatalogImage(
                version,
                nextTableId,
                nextPartitionId,
                byName,
                names,
                byId,
                byIndexId,
                partitions.with(tableId, map),
                topology,
                streams);
    }

    CatalogImage withoutPartitions(int tableId) {
        return new CatalogImage(
                version,
                nextTableId,
                nextPartitionId,
                byName,
                names,
                byId,
                byIndexId,
                partitions.without(tableId),
                topology,
                streams);
    }

    CatalogImage withTopology(Topology next) {
        return new CatalogImage(
                version, nextTableId, nextPartitionId, byName, names, byId, byIndexId, partitions, next, streams);
    }

    /** With that stream added or replaced. */
    CatalogImage withStream(ChangeStream stream) {
        var next = new TreeMap<>(streams);
        next.put(stream.id(), stream);
        return withStreams(next);
    }

    CatalogImage withoutStream(long id) {
        var next = new TreeMap<>(streams);
        next.remove(id);
        return withStreams(next);
    }

    private CatalogImage withStreams(SortedMap<Long, ChangeStream> next) {
        return new CatalogImage(
                version, nextTableId, nextPartitionId, byName, names, byId, byIndexId, partitions, topology, next);
    }

    private static List<String> sorted(Map<String, Table> byName) {
        return byName.keySet().stream().sorted().toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CatalogImage that
                && version == that.version
                && nextTableId == that.nextTableId
                && nextPartitionId == that.nextPartitionId
                && byName.equals(that.byName)
                && partitions.equals(that.partitions)
                && topology.equals(that.topology)
                && streams.equals(that.streams);
    }

    @Override
    public int hashCode() {
        return Objects.hash(version, nextTableId, nextPartitionId, byName, partitions, topology, streams);
    }

    @Override
    public String toString() {
        return "catalog version " + version + " with " + names.size() + " tables";
    }
}
