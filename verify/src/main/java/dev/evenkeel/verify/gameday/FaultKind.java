package dev.evenkeel.verify.gameday;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults there are, as the command line names them. */
enum FaultKind {
    KILL,
    KILL_ZONE,
    STOP,
    PAUSE,
    CUT,
    CUT_ONE_WAY,
    SLOW_LINK,
    FLIP_ON_WIRE,
    FULL_DISK,
    SLOW_DISK,
    BIT_FLIP,
    CLOCK_JUMP,
    CLOCK_DRIFT,
    FLIP_IN_CATALOG;

    private static final Duration LINK_DELAY_MAX = Duration.ofMillis(300);
    private static final Duration FLUSH_DELAY_MAX = Duration.ofMillis(200);
    private static final Duration JUMP_MIN = Duration.ofSeconds(5);
    private static final Duration JUMP_MAX = Duration.ofMinutes(10);

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static FaultKind named(String label) {
        for (var kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new GameDayException("there is no fault '" + label + "'; there are "
                + String.join(
                        ", ", List.of(values()).stream().map(FaultKind::label).toList()));
    }

    /** Why it cannot be done to that cluster on this machine; empty when it can. */
    Optional<String> impossible(ClusterUnderTest cluster) throws InterruptedException {
        return switch (this) {
            case KILL, STOP, PAUSE, CLOCK_JUMP -> Optional.empty();
            case KILL_ZONE, CUT, CUT_ONE_WAY, SLOW_LINK, FLIP_ON_WIRE, CLOCK_DRIFT ->
                reasonUnless(!cluster.links().isEmpty(), "there is one node");
            case BIT_FLIP, FLIP_IN_CATALOG -> reasonUnless(cluster.repairsItself(), "one node has nobody to repair it");
            case FULL_DISK ->
                reasonUnless(
                        cluster.nodes().stream()
                                .allMatch(node -> cluster.diskOf(node).isPresent()),
                        "nodes have no file systems of their own, which takes a super user to mount");
            case SLOW_DISK -> SlowDisk.impossible();
        };
    }

    private static Optional<String> reasonUnless(boolean isPossible, String reason) {
        return isPossible ? Optional.empty() : Optional.of(reason);
    }

    /** One of these, with victims by chance. */
    Fault create(ClusterUnderTest cluster, SplittableRandom random) {
        var nodes = cluster.nodes();
        var node = nodes.get(random.nextInt(nodes.size()));
        return switch (this) {
            case KILL -> new KillNode(cluster, List.of(node));
            case KILL_ZONE ->
                new KillNode(
                        cluster,
                        nodes.stream()
                                .filter(other -> other.zone().equals(node.zone()))
                                .toList());
            case STOP -> new StopNode(cluster, node);
            case PAUSE -> new PauseNode(cluster, node);
            case CUT -> new CutLink(cluster, node, some(cluster, node, random), random.nextBoolean());
            case CUT_ONE_WAY -> new OneWayCut(cluster, node, some(cluster, node, random));
            case SLOW_LINK -> new SlowLink(cluster, node, one(cluster, node, random), upTo(LINK_DELAY_MAX, random));
            case FLIP_ON_WIRE -> new FlipOnWire(cluster, node, one(cluster, node, random));
            case FULL_DISK -> new FullDisk(node, cluster.diskOf(node).orElseThrow());
            case SLOW_DISK -> new SlowDisk(cluster, node, upTo(FLUSH_DELAY_MAX, random));
            case BIT_FLIP -> new BitFlip(cluster, node, random.split());
            case CLOCK_JUMP -> new ClockJump(cluster, node, jump(random));
            case CLOCK_DRIFT -> new ClockDrift(cluster, node, drift(random));
            case FLIP_IN_CATALOG -> new FlipInCatalog(cluster, node, random.split());
        };
    }

    private static Duration jump(SplittableRandom random) {
        var by = Duration.ofMillis(random.nextLong(JUMP_MIN.toMillis(), JUMP_MAX.toMillis()));
        return random.nextBoolean() ? by : by.negated();
    }

    private static int drift(SplittableRandom random) {
        int perMille = 1 + random.nextInt(ClockDrift.PER_MILLE_MAX);
        return random.nextBoolean() ? perMille : -perMille;
    }

    private static Duration upTo(Duration max, SplittableRandom random) {
        return Duration.ofMillis(1 + random.nextLong(max.toMillis()));
    }

    /** All others or one of them: a minority of one, or a triangle with a side missing. */
    private static List<ClusterNode> some(ClusterUnderTest cluster, ClusterNode node, SplittableRandom random) {
        return random.nextBoolean() ? others(cluster, node) : List.of(one(cluster, node, random));
    }

    private static ClusterNode one(ClusterUnderTest cluster, ClusterNode node, SplittableRandom random) {
        var others = others(cluster, node);
        return others.get(random.nextInt(others.size()));
    }

    private static List<ClusterNode> others(ClusterUnderTest cluster, ClusterNode node) {
        return cluster.nodes().stream()
                .filter(other -> !cluster.links().of(node, other).isEmpty())
                .toList();
    }
}
