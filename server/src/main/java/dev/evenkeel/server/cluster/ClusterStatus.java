package dev.evenkeel.server.cluster;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GroupDescriptor;
import dev.evenkeel.metadata.ReplicaKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster as this node sees it, as JSON: the catalog, and what nodes have reported. */
final class ClusterStatus {
    private static final JsonFactory JSON = new JsonFactory();

    private final ClusterSettings settings;
    private final CatalogImage image;
    private final Map<String, NodeReport> reports = new HashMap<>();
    private final Map<String, Duration> silence;
    private final List<String> obstacles;
    private final MemdsNode memds;

    ClusterStatus(ClusterSettings settings, CatalogImage image, Observations observations, MemdsNode memds) {
        this.memds = memds;
        this.settings = settings;
        this.image = image;
        this.silence = observations.silence();
        observations.recent().forEach(report -> reports.put(report.node(), report));
        this.obstacles = reports.values().stream()
                .flatMap(report -> report.obstacles().stream())
                .distinct()
                .toList();
    }

    byte[] json() {
        var out = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("cluster", settings.cluster());
            json.writeStringField("node", settings.id());
            json.writeNumberField("version", image.version());
            json.writeNumberField("tables", image.tables().size());
            json.writeArrayFieldStart("nodes");
            for (var node : image.nodes()) {
                node(json, node.id());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("groups");
            for (var group : image.groups()) {
                group(json, group);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("healing");
            for (var obstacle : obstacles) {
                json.writeString(obstacle);
            }
            json.writeEndArray();
            json.writeFieldName("memds");
            memds.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private void node(JsonGenerator json, String id) throws IOException {
        var node = image.node(id).orElseThrow();
        var report = reports.get(id);
        json.writeStartObject();
        json.writeStringField("id", id);
        json.writeStringField("zone", node.zone());
        json.writeStringField("state", node.state().name());
        json.writeBooleanField("healthy", report != null);
        json.writeStringField("client", node.clientHost() + ":" + node.clientPort());
        json.writeStringField("peer", node.peerHost() + ":" + node.peerPort());
        json.writeNumberField(
                "leads",
                report == null
                        ? 0
                        : report.replicas().stream()
                                .filter(ReplicaReport::leads)
                                .count());
        json.writeNumberField("replicas", replicas(id));
        var since = silence.get(id);
        json.writeNumberField("silentMillis", since == null ? -1 : since.toMillis());
        json.writeEndObject();
    }

    /** All nodes follow the catalog; it counts where it has a vote. */
    private long replicas(String id) {
        var report = reports.get(id);
        boolean votes = image.group(GroupDescriptor.CATALOG)
                .filter(group -> group.replicaOn(id).isPresent())
                .isPresent();
        return report == null
                ? 0
                : report.replicas().stream()
                        .filter(replica -> votes || replica.groupId() != GroupDescriptor.CATALOG)
                        .count();
    }

    private void group(JsonGenerator json, GroupDescriptor group) throws IOException {
        var leader = leader(group.id());
        json.writeStartObject();
        json.writeNumberField("id", group.id());
        json.writeStringField("leader", leader == null ? "" : leader.node);
        json.writeNumberField("term", leader == null ? 0 : leader.replica.term());
        json.writeNumberField("committedLsn", leader == null ? 0 : leader.replica.committedLsn());
        json.writeArrayFieldStart("replicas");
        for (var replica : group.replicas()) {
            var report = report(group.id(), replica.nodeId(), replica.kind());
            json.writeStartObject();
            json.writeStringField("node", replica.nodeId());
            json.writeStringField("kind", replica.kind().name().toLowerCase(Locale.ROOT));
            json.writeStringField("state", state(report));
            json.writeNumberField("appliedLsn", report == null ? 0 : report.appliedLsn());
            json.writeNumberField(
                    "lag",
                    report == null || leader == null
                            ? -1
                            : Math.max(0, leader.replica.committedLsn() - report.appliedLsn()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String state(@Nullable ReplicaReport report) {
        if (report == null) {
            return "away";
        }
        if (!report.failure().isEmpty()) {
            return "failed: " + report.failure();
        }
        return report.leads() ? "leads" : "follows";
    }

    private record Leader(String node, ReplicaReport replica) {}

    private @Nullable Leader leader(int groupId) {
        Leader found = null;
        for (var report : reports.values()) {
            for (var replica : report.replicas()) {
                if (replica.groupId() == groupId
                        && replica.leads()
                        && (found == null || replica.term() > found.replica.term())) {
                    found = new Leader(report.node(), replica);
                }
            }
        }
        return found;
    }

    private @Nullable ReplicaReport report(int groupId, String node, ReplicaKind kind) {
        var report = reports.get(node);
        return report == null
                ? null
                : report.replicas().stream()
                        .filter(replica -> replica.groupId() == groupId && replica.kind() == Members.kind(kind))
                        .findFirst()
                        .orElse(null);
    }
}
