package dev.evenkeel.server.cluster;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node tells all others twice a second: a sign of life, what it has heard of the others, and its replicas.
 *
 * @param silence by node: how long ago this one last heard from it
 * @param catalogVersion that it has come to
 * @param mayLead whether it would take the lead of a group: not while it is being stopped, nor so soon after its start that
 *     others may refuse it, since it cannot know what it promised before
 * @param obstacles what autoadmin ought to do and cannot; of the node that leads the catalog
 */
record NodeReport(
        String node,
        Map<String, Duration> silence,
        long catalogVersion,
        List<ReplicaReport> replicas,
        boolean mayLead,
        List<String> obstacles) {
    NodeReport {
        silence = Map.copyOf(silence);
        replicas = List.copyOf(replicas);
        obstacles = List.copyOf(obstacles);
    }

    void write(ByteWriter out) {
        out.string(node).unsigned(silence.size());
        silence.forEach((peer, since) -> out.string(peer).unsigned(since.toMillis()));
        out.unsigned(catalogVersion).unsigned(replicas.size());
        replicas.forEach(replica -> replica.write(out));
        out.bool(mayLead);
        ReplicaReport.writeStrings(out, obstacles);
    }

    static NodeReport read(ByteReader in) {
        var node = in.string();
        var silence = new HashMap<String, Duration>();
        for (long i = in.unsigned(); i > 0; i--) {
            silence.put(in.string(), Duration.ofMillis(in.unsigned()));
        }
        long version = in.unsigned();
        var replicas = new ArrayList<ReplicaReport>();
        for (long i = in.unsigned(); i > 0; i--) {
            replicas.add(ReplicaReport.read(in));
        }
        return new NodeReport(node, silence, version, replicas, in.bool(), ReplicaReport.readStrings(in));
    }
}
