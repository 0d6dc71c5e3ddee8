package dev.evenkeel.verify.gameday;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.verify.clock.ClockSetting;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nodes that are no processes: notes what is done to them, and refuses to start when it is told to. */
final class StubCluster implements ClusterUnderTest {
    private final List<ClusterNode> nodes;
    private final Links links;
    private final List<String> done = new ArrayList<>();
    private final Map<ClusterNode, ClockSetting> clocks = new HashMap<>();
    private int refusedStarts;

    StubCluster(List<ClusterNode> nodes, Links links) {
        this.nodes = nodes;
        this.links = links;
    }

    /** One that is served by that. */
    static StubCluster of(MemoryDynamo server) {
        return new StubCluster(List.of(new ClusterNode("n1", "z1", server.port(), 0, Path.of("none"))), Links.none());
    }

    void refuseStarts(int count) {
        refusedStarts = count;
    }

    List<String> done() {
        return done;
    }

    @Override
    public String description() {
        return "a stub";
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
        return Optional.empty();
    }

    @Override
    public boolean repairsItself() {
        return true;
    }

    @Override
    public void startAll(Collection<FaultKind> faults) {
        nodes.forEach(this::start);
    }

    @Override
    public void start(ClusterNode node) {
        if (refusedStarts > 0) {
            refusedStarts--;
            done.add("refuse " + node);
            throw new GameDayException("damaged");
        }
        done.add("start " + node);
    }

    @Override
    public void kill(ClusterNode node) {
        done.add("kill " + node);
    }

    @Override
    public void stop(ClusterNode node) {
        done.add("stop " + node);
    }

    @Override
    public void pause(ClusterNode node) {
        done.add("pause " + node);
    }

    @Override
    public void resume(ClusterNode node) {
        done.add("resume " + node);
    }

    @Override
    public void setClock(ClusterNode node, ClockSetting setting) {
        clocks.put(node, setting);
        done.add("clock " + node + " " + setting.wallMillis() + " " + setting.pace());
    }

    @Override
    public Optional<Instant> toldTime(ClusterNode node) {
        var setting = clocks.getOrDefault(node, ClockSetting.RIGHT);
        return Optional.of(Ticker.system().now().plusMillis(setting.wallMillis()));
    }

    @Override
    public long pid(ClusterNode node) {
        return 0;
    }

    @Override
    public boolean isReady(ClusterNode node) {
        return true;
    }

    @Override
    public String complaints(ClusterNode node) {
        return "";
    }

    @Override
    public void close() {}
}
