package dev.evenkeel.server;

import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a {@link NodeConfig} as the file that {@link NodeConfigReader} reads. */
final class NodeConfigWriter {
    private static final String TEMPLATE = """
            # %1$s of the cluster %2$s; 'evenkeel node --example' explains the settings.

            node:
              id: %1$s
              zone: %3$s
              data: %4$s
            client:
              host: %5$s
              port: %6$d
            peer:
              host: %7$s
              port: %8$d
            %9$s%15$scluster:
              name: %2$s
              groups: %10$d
              seeds:
            %11$sregion: %12$s
            initial-partitions: %13$d
            control-plane-delay: %14$s
            """;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./-]*");

    private final Path folder;

    /** @param folder of the file, at which its paths begin */
    NodeConfigWriter(Path folder) {
        this.folder = folder;
    }

    String text(NodeConfig config) {
        var cluster = config.cluster();
        return TEMPLATE.formatted(
                quoted(config.id()),
                quoted(cluster.name()),
                quoted(config.zone()),
                data(config.data()),
                quoted(config.client().host()),
                config.client().port(),
                quoted(config.peer().address().host()),
                config.peer().address().port(),
                tls(config.peer().tls()),
                cluster.groups(),
                seeds(cluster),
                quoted(config.region()),
                config.initialPartitions(),
                config.controlPlaneDelay().toMillis() + "ms",
                ways(config.peer().ways()));
    }

    private String data(@Nullable Path data) {
        return data == null ? NodeConfigReader.IN_MEMORY : path(data);
    }

    private String tls(@Nullable TlsFiles tls) {
        return tls == null
                ? ""
                : "  tls:\n    certificate: %s\n    key: %s\n    authority: %s\n"
                        .formatted(path(tls.certificate()), path(tls.key()), path(tls.authority()));
    }

    private static String ways(Map<String, PeerAddress> ways) {
        var text = new StringBuilder(ways.isEmpty() ? "" : "  ways:\n");
        new TreeMap<>(ways)
                .forEach((id, address) -> text.append("    - {id: %s, host: %s, port: %d}\n"
                        .formatted(quoted(id), quoted(address.host()), address.port())));
        return text.toString();
    }

    private static String seeds(ClusterConfig cluster) {
        var text = new StringBuilder();
        for (Seed seed : cluster.seeds()) {
            text.append("    - {id: %s, zone: %s, host: %s, port: %d}\n"
                    .formatted(
                            quoted(seed.id()),
                            quoted(seed.zone()),
                            quoted(seed.peer().host()),
                            seed.peer().port()));
        }
        return text.toString();
    }

    /** Relative, so that the folder may be moved; ./ keeps a folder called memory from being the word. */
    private String path(Path path) {
        String relative = folder.relativize(path).toString();
        return relative.isEmpty() || relative.equals(NodeConfigReader.IN_MEMORY)
                ? quoted("./" + relative)
                : quoted(relative);
    }

    /** As it is where that can be nothing but text; in quotes quotes are doubled, and nothing else means anything. */
    private static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.equalsIgnoreCase("null");
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }
}
