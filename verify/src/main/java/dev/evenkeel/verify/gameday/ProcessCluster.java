package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.clock.ClockAgentJar;
import dev.evenkeel.verify.clock.ClockSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Real processes on this machine, one for each node. */
final class ProcessCluster implements ClusterUnderTest {
    private static final long READY_SECONDS_MAX = 90; // a start takes one, but machines that test are busy
    private static final long END_SECONDS_MAX = 60;
    private static final Duration PROBE_TIME_MAX = Duration.ofSeconds(1);

    private final String description;
    private final List<ClusterNode> nodes;
    private final Function<ClusterNode, List<String>> arguments;
    private final Links links;

    /** What each node's JVM is told besides, of those that are told something. */
    private final Map<ClusterNode, List<String>> jvmArguments = new ConcurrentHashMap<>();

    private final Map<ClusterNode, Tmpfs> disks = new ConcurrentHashMap<>();
    private final Map<ClusterNode, EvenkeelProcess> processes = new ConcurrentHashMap<>();

    /** What processes that have ended complained of. */
    private final Map<ClusterNode, String> lastWords = new ConcurrentHashMap<>();

    /** @param arguments the command line of a node, behind {@code evenkeel} */
    ProcessCluster(
            String description, List<ClusterNode> nodes, Function<ClusterNode, List<String>> arguments, Links links) {
        this.description = description;
        this.nodes = List.copyOf(nodes);
        this.arguments = arguments;
        this.links = links;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<ClusterNode> nodes() {
        return nodes;
    }

    @Override
    public Links links() {
        return links;
    }

    @Override
    public Optional<Tmpfs> diskOf(ClusterNode node) {
        return Optional.ofNullable(disks.get(node));
    }

    @Override
    public boolean repairsItself() {
        return nodes.size() > 1;
    }

    @Override
    public void start(ClusterNode node) throws IOException, InterruptedException {
        launch(node);
        awaitReady(node);
    }

    @Override
    public void startAll(Collection<FaultKind> faults) throws IOException, InterruptedException {
        if (faults.contains(FaultKind.FULL_DISK)) {
            mountDisks();
        }
        if (faults.contains(FaultKind.CLOCK_JUMP) || faults.contains(FaultKind.CLOCK_DRIFT)) {
            giveClocks();
        }
        for (var node : nodes) {
            launch(node);
        }
        for (var node : nodes) {
            awaitReady(node);
        }
    }

    private void mountDisks() throws IOException, InterruptedException {
        for (var node : nodes) {
            Files.createDirectories(node.data());
            try {
                disks.put(node, Tmpfs.mount(node.data(), "size=" + FullDisk.SIZE));
            } catch (IOException _) {
                return; // whoever wants to fill a disk is told that there is none
            }
        }
    }

    private void giveClocks() throws IOException {
        for (var node : nodes) {
            var folder = Files.createDirectories(node.data().resolveSibling("clock"));
            var jar = folder.resolve("agent.jar");
            ClockAgentJar.write(jar);
            setClock(node, ClockSetting.RIGHT);
            jvmArguments.put(node, List.of(ClockAgentJar.argument(jar, clockFile(node))));
        }
    }

    private static Path clockFile(ClusterNode node) {
        return node.data().resolveSibling("clock").resolve("setting");
    }

    private void launch(ClusterNode node) throws IOException {
        lastWords.put(node, complaints(node));
        processes.put(node, EvenkeelProcess.launch(jvmArguments.getOrDefault(node, List.of()), arguments.apply(node)));
    }

    private void awaitReady(ClusterNode node) throws InterruptedException {
        var process = process(node);
        if (process.awaitLine(line -> line.contains("is ready"), READY_SECONDS_MAX)
                .isEmpty()) {
            process.kill();
            throw new GameDayException("node " + node + " does not become ready: " + process.complaints());
        }
    }

    @Override
    public void kill(ClusterNode node) throws InterruptedException {
        process(node).kill();
    }

    @Override
    public void stop(ClusterNode node) throws InterruptedException {
        var process = process(node);
        process.askToEnd();
        if (!process.awaitEnd(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new GameDayException("node " + node + " does not end: " + process.complaints());
        }
    }

    @Override
    public void pause(ClusterNode node) throws IOException, InterruptedException {
        process(node).pause();
    }

    @Override
    public void resume(ClusterNode node) throws IOException, InterruptedException {
        process(node).resume();
    }

    @Override
    public void setClock(ClusterNode node, ClockSetting setting) throws IOException {
        setting.write(clockFile(node));
    }

    @Override
    public Optional<Instant> toldTime(ClusterNode node) {
        try (var connection = new HttpConnection(node.clientAddress(), PROBE_TIME_MAX)) {
            return connection.get("/").time();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public long pid(ClusterNode node) {
        return process(node).pid();
    }

    @Override
    public boolean isReady(ClusterNode node) {
        try (var connection = new HttpConnection(node.clientAddress(), PROBE_TIME_MAX)) {
            return connection.get("/").isOk();
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public String complaints(ClusterNode node) {
        var process = processes.get(node);
        return lastWords.getOrDefault(node, "") + (process == null ? "" : process.complaints() + "\n");
    }

    private EvenkeelProcess process(ClusterNode node) {
        var process = processes.get(node);
        if (process == null) {
            throw new GameDayException("node " + node + " has never been started");
        }
        return process;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (var process : processes.values()) {
            process.kill();
        }
        links.close();
        for (var disk : disks.values()) {
            disk.close();
        }
    }
}
