package dev.evenkeel.server;

import dev.evenkeel.router.table.TableOptions;
import dev.evenkeel.transport.PeerAddress;
import dev.evenkeel.transport.TlsFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads a {@link NodeConfig} from YAML 1.2. Paths in the file that are relative start at the file's folder. */
final class NodeConfigReader {
    static final String IN_MEMORY = "memory";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** A file of settings is short; what is longer is another file. */
    private static final int CODE_POINTS_MAX = 1 << 20;

    private final Path folder;
    private final SettingsProblems problems;

    private NodeConfigReader(Path file) {
        this.folder = file.toAbsolutePath().resolveSibling("").normalize();
        this.problems = new SettingsProblems(file);
    }

    static NodeConfig read(Path file) {
        var reader = new NodeConfigReader(file);
        SettingsSection root = SettingsSection.root(reader.compose(file), reader.problems);
        NodeConfig config = reader.config(root);
        reader.problems.throwIfAny();
        return config;
    }

    /** Null when there is nothing in the file. */
    private @Nullable Node compose(Path file) {
        var settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setCodePointLimit(CODE_POINTS_MAX)
                .setAllowNonScalarKeys(true) // refused later, with their line
                .build();
        try {
            return new Compose(settings).composeString(text(file)).orElse(null);
        } catch (NoSuchFileException e) {
            throw new StartException("There is no file " + file, e);
        } catch (CharacterCodingException e) {
            throw new StartException(file + " is not text: a configuration is YAML in UTF-8", e);
        } catch (IOException e) {
            throw new StartException("The file " + file + " cannot be read: " + e.getMessage(), e);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new StartException(file + ":" + line + ": this is no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new StartException(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    /** @throws CharacterCodingException when it is no text, but a program or an image, say */
    private static String text(Path file) throws IOException {
        var text = Files.readString(file);
        if (text.chars().anyMatch(it -> it < ' ' && it != '\n' && it != '\r' && it != '\t')) {
            throw new CharacterCodingException();
        }
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private NodeConfig config(SettingsSection root) {
        SettingsSection node = root.section("node");
        String id = node.required("id", SettingType.NAME_TEXT);
        String zone = node.required("zone", SettingType.NAME_TEXT);
        Path data = node.required("data", SettingType.path("a folder, or memory", folder));
        node.end();
        NodeConfig.Client client = client(root.section("client"));
        NodeConfig.Peer peer = peer(root.section("peer"));
        SettingsSection clusterSection = root.section("cluster");
        ClusterConfig cluster = cluster(clusterSection, peer.tls() != null);
        String region = root.optional("region", SettingType.NAME_TEXT, TableOptions.REGION_DEFAULT);
        int partitions =
                root.optional("initial-partitions", SettingType.whole(1, NodeOptions.INITIAL_PARTITIONS_MAX), 1);
        Duration delay = root.optional("control-plane-delay", SettingType.DURATION, Duration.ZERO);
        root.end();
        var config = new NodeConfig(id, zone, folderOrMemory(data), client, peer, cluster, region, partitions, delay);
        checkAddresses(root, config);
        checkFounders(node, config);
        return config;
    }

    private static void checkAddresses(SettingsSection root, NodeConfig config) {
        PeerAddress peer = config.peer().address();
        if (peer.port() != 0 && peer.port() == config.client().port()) {
            root.problem("peer", "port " + peer.port() + " is the client's already");
        }
    }

    /** What the list of founders says of this node; one that joins later is not in it. */
    private static void checkFounders(SettingsSection node, NodeConfig config) {
        List<Seed> seeds = config.cluster().seeds();
        if (config.id().isEmpty() || config.zone().isEmpty()) {
            return; // noted already
        }
        var self = seeds.stream().filter(seed -> seed.id().equals(config.id())).findFirst();
        self.filter(seed -> !seed.zone().isEmpty() && !seed.zone().equals(config.zone()))
                .ifPresent(seed -> node.problem("zone", "cluster.seeds has " + seed.id() + " in " + seed.zone()));
        if (self.isEmpty()) {
            PeerAddress own = config.peer().address();
            seeds.stream()
                    .filter(seed -> own.port() != 0 && seed.peer().equals(own))
                    .forEach(seed -> node.problem(
                            "id", "cluster.seeds has " + seed.id() + " at " + own + ", not " + config.id()));
        }
    }

    private @Nullable Path folderOrMemory(Path data) {
        return data.equals(folder.resolve(IN_MEMORY)) ? null : data.normalize(); // ./memory is a folder
    }

    private static NodeConfig.Client client(SettingsSection section) {
        var client = new NodeConfig.Client(
                section.required("host", SettingType.HOST_NAME), section.required("port", SettingType.PORT_OR_FREE));
        section.end();
        return client;
    }

    private NodeConfig.Peer peer(SettingsSection section) {
        String host = section.required("host", SettingType.PEER_HOST);
        int port = section.required("port", SettingType.PORT);
        Optional<TlsFiles> tls = section.optionalSection("tls").map(this::tls);
        Map<String, PeerAddress> ways = ways(section, tls.isPresent());
        section.end();
        if (tls.isEmpty()) {
            checkLoopback(section, host);
        }
        return new NodeConfig.Peer(new PeerAddress(host, port), tls.orElse(null), ways);
    }

    private static Map<String, PeerAddress> ways(SettingsSection peer, boolean tls) {
        var ways = new HashMap<String, PeerAddress>();
        for (SettingsSection section : peer.optionalSections("ways")) {
            String id = section.required("id", SettingType.NAME_TEXT);
            String host = section.required("host", SettingType.PEER_HOST);
            var address = new PeerAddress(host, section.required("port", SettingType.PORT));
            section.end();
            if (ways.put(id, address) != null && !id.isEmpty()) {
                section.problem("id", "there is another way to " + id);
            }
            if (!tls) {
                checkLoopback(section, host);
            }
        }
        return ways;
    }

    private TlsFiles tls(SettingsSection section) {
        SettingType<Path> file = SettingType.existingFile(folder);
        var files = new TlsFiles(
                section.required("certificate", file),
                section.required("key", file),
                section.required("authority", file));
        section.end();
        return files;
    }

    /** Without TLS nodes believe whoever calls, so nobody outside may be able to. */
    private static void checkLoopback(SettingsSection section, String host) {
        if (!SettingType.isLoopback(host)) {
            section.problem(
                    "host",
                    "\"" + host + "\" is reached over a network, which takes peer.tls; without it nodes meet only"
                            + " at localhost, 127.0.0.1 or ::1");
        }
    }

    private static ClusterConfig cluster(SettingsSection section, boolean tls) {
        String name = section.required("name", SettingType.NAME_TEXT);
        int groups = section.optional(
                "groups", SettingType.whole(1, ClusterConfig.GROUPS_MAX), ClusterConfig.GROUPS_DEFAULT);
        List<Seed> seeds = seeds(section, tls);
        section.end();
        return new ClusterConfig(name, groups, seeds);
    }

    private static List<Seed> seeds(SettingsSection cluster, boolean tls) {
        var seeds = new ArrayList<Seed>();
        var founders = new Founders();
        for (SettingsSection section : cluster.sections("seeds")) {
            Seed seed = seed(section);
            seeds.add(seed);
            founders.add(section, seed);
            if (!tls) {
                checkLoopback(section, seed.peer().host());
            }
        }
        return seeds;
    }

    private static Seed seed(SettingsSection section) {
        String id = section.required("id", SettingType.NAME_TEXT);
        String zone = section.required("zone", SettingType.NAME_TEXT);
        String host = section.required("host", SettingType.PEER_HOST);
        var seed = new Seed(id, zone, new PeerAddress(host, section.required("port", SettingType.PORT)));
        section.end();
        return seed;
    }
}
