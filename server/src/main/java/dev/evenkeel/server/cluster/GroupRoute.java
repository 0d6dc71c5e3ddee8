package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.ReplicaKind;
import dev.evenkeel.metadata.memds.GroupMember;
import dev.evenkeel.metadata.memds.GroupMembership;
import dev.evenkeel.metadata.memds.PartitionCache;
import dev.evenkeel.partition.HostedGroups;
import dev.evenkeel.partition.PartitionLocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to one group: what MemDS has told, corrected by what nodes have answered since, with the catalog behind it.
 *
 * <p>A node that has a replica of the group knows the leader best. Others take MemDS's word until a node says otherwise. An
 * answer says who leads but not since when, so the correction holds until MemDS tells something newer than what it
 * corrected: a server that lags does not undo it, and the new leader's push ends it.
 *
 * <p>Replicas that only the catalog has come last: it is what is left when MemDS has told nothing, or nothing for so long
 * that all its replicas have moved.
 */
final class GroupRoute implements PartitionLocations {

    /** What MemDS has told as of a version, and what answers have added to it or made of it. */
    private record Heard(
            long version, @Nullable String leader, @Nullable String notLeading) {}

    /** Made from these two, and right as long as they are the newest. */
    private record Known(CatalogImage image, @Nullable GroupMembership membership, List<Replica> replicas) {}

    /** Less than any membership has. */
    private static final long TOLD_NOTHING = -1;

    private final int groupId;
    private final Catalog catalog;
    private final HostedGroups hosted;
    private final PartitionCache cache;
    private volatile Heard corrected = new Heard(TOLD_NOTHING, null, null); // holds until MemDS tells something newer
    private volatile @Nullable Known known; // null before the first question

    GroupRoute(int groupId, Catalog catalog, HostedGroups hosted, PartitionCache cache) {
        this.groupId = groupId;
        this.catalog = catalog;
        this.hosted = hosted;
        this.cache = cache;
    }

    @Override
    public List<Replica> replicas() {
        var image = catalog.image();
        var membership = membership();
        var before = known;
        if (before != null && before.image == image && before.membership == membership) {
            return before.replicas;
        }
        var replicas = replicas(image, membership);
        known = new Known(image, membership, replicas);
        return replicas;
    }

    private List<Replica> replicas(CatalogImage image, @Nullable GroupMembership membership) {
        var replicas = new ArrayList<Replica>();
        if (membership != null) {
            for (var member : membership.members()) {
                replicas.add(replica(image, member.node(), member.role() == GroupMember.Role.STORAGE));
            }
        }
        image.group(groupId).stream()
                .flatMap(group -> group.replicas().stream())
                .filter(replica -> replica.kind() != ReplicaKind.LEARNER)
                .map(replica -> replica(image, replica.nodeId(), replica.kind() == ReplicaKind.STORAGE))
                .filter(replica -> !replicas.contains(replica))
                .forEach(replicas::add);
        return List.copyOf(replicas);
    }

    private static Replica replica(CatalogImage image, String node, boolean isStorage) {
        return new Replica(node, image.node(node).map(it -> it.zone()).orElse(""), isStorage);
    }

    @Override
    public Optional<String> leader() {
        return hosted.leader(groupId).or(() -> Optional.ofNullable(heard().leader));
    }

    @Override
    public Optional<String> notLeading() {
        return Optional.ofNullable(heard().notLeading);
    }

    /** What holds now. */
    private Heard heard() {
        var membership = membership();
        var last = corrected;
        return membership == null || last.version >= membership.version()
                ? last
                : new Heard(membership.version(), membership.leader(), null);
    }

    private @Nullable GroupMembership membership() {
        return cache.group(groupId).orElse(null);
    }

    @Override
    public void leads(String node) {
        var known = heard(); // two who hear at once may lose a word: it costs a redirect
        if (!node.equals(known.leader)) {
            corrected = new Heard(known.version, node, node.equals(known.notLeading) ? null : known.notLeading);
        }
    }

    @Override
    public void leadsNoMore(String node) {
        var known = heard();
        if (node.equals(known.leader) || !node.equals(known.notLeading)) {
            corrected = new Heard(known.version, node.equals(known.leader) ? null : known.leader, node);
        }
    }
}
