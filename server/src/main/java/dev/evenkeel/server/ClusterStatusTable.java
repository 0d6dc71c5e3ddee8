package dev.evenkeel.server;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A {@link ClusterStatus} as people read it. */
final class ClusterStatusTable {
    /** States of replicas that do their part. */
    private static final Set<String> WELL = Set.of("leads", "follows");

    private final ClusterStatus status;
    private final Map<String, String> silent;

    /** @param silent nodes that did not answer, with the reason */
    ClusterStatusTable(ClusterStatus status, Map<String, String> silent) {
        this.status = status;
        this.silent = silent;
    }

    @Override
    public String toString() {
        return head() + "\n" + nodes() + "\n" + groups() + "\n" + healing();
    }

    private String head() {
        long zones =
                status.nodes().stream().map(ClusterStatus.Node::zone).distinct().count();
        return "Cluster %s: %s, %s, %s, %s; catalog version %d\n"
                .formatted(
                        status.cluster(),
                        count(zones, "zone"),
                        count(status.nodes().size(), "node"),
                        count(status.groups().size(), "group"),
                        count(status.tables(), "table"),
                        status.version());
    }

    private String nodes() {
        var table = new TextTable("ZONE", "NODE", "STATE", "HEALTH", ">LEADS", ">REPLICAS", "CLIENTS", "NODES");
        status.nodes().stream()
                .sorted(Comparator.comparing(ClusterStatus.Node::zone).thenComparing(ClusterStatus.Node::id))
                .forEach(node -> table.row(
                        node.zone(),
                        node.id(),
                        node.state().toLowerCase(Locale.ROOT),
                        health(node),
                        figure(node.leads()),
                        figure(node.replicas()),
                        node.client(),
                        node.peer()));
        return table + strangers();
    }

    /** Nodes that were asked, and that the cluster does not know. */
    private String strangers() {
        var known = status.nodes().stream().map(ClusterStatus.Node::id).toList();
        return silent.entrySet().stream()
                .filter(node -> !known.contains(node.getKey()))
                .map(node -> "Silent, and not in the cluster: " + node.getKey() + " (" + node.getValue() + ")\n")
                .collect(Collectors.joining());
    }

    /** What the cluster thinks of the node, and what it says itself. */
    private String health(ClusterStatus.Node node) {
        String reason = silent.get(node.id());
        return (node.healthy() ? "healthy" : "unhealthy") + (reason == null ? "" : ", silent: " + reason);
    }

    private String groups() {
        var table = new TextTable(">GROUP", "LEADER", ">TERM", "REPLICA", "KIND", "STATE", ">APPLIED", ">LAG");
        for (ClusterStatus.Group group : status.groups()) {
            String[] first = {
                Long.toString(group.id()), group.leader().isEmpty() ? "none" : group.leader(), figure(group.term())
            };
            for (ClusterStatus.Replica replica : group.replicas()) {
                table.row(
                        first[0],
                        first[1],
                        first[2],
                        replica.node(),
                        replica.kind().toLowerCase(Locale.ROOT),
                        replica.state().toLowerCase(Locale.ROOT),
                        figure(replica.appliedLsn()),
                        figure(replica.lag()));
                first = new String[] {"", "", ""};
            }
            if (group.replicas().isEmpty()) {
                table.row(first[0], first[1], first[2], "", "", "", "", "");
            }
        }
        return table.toString();
    }

    private String healing() {
        if (!status.healing().isEmpty()) {
            return "To be done, and cannot be now:\n"
                    + status.healing().stream().map(it -> "  " + it + "\n").collect(Collectors.joining());
        }
        long hurt = status.groups().stream()
                .flatMap(group -> group.replicas().stream())
                .filter(replica -> !WELL.contains(replica.state().toLowerCase(Locale.ROOT)))
                .count();
        return hurt == 0
                ? "Nothing is to be healed.\n"
                : "To be healed: " + count(hurt, "replica") + ", about which nothing is done at this moment.\n";
    }

    private static String figure(OptionalLong number) {
        return number.isEmpty() ? "-" : Long.toString(number.getAsLong());
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
