package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen, and what is done. */
final class FaultsTest {
    @TempDir
    private Path root = Path.of("");

    private List<ClusterNode> nodes() {
        return List.of(
                new ClusterNode("a1", "zone-a", 1, 2, root.resolve("a1")),
                new ClusterNode("b1", "zone-b", 3, 4, root.resolve("b1")),
                new ClusterNode("c1", "zone-c", 5, 6, root.resolve("c1")));
    }

    private static List<String> turns(Schedule schedule, int count) {
        var turns = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var turn = schedule.next();
            turns.add(turn.calm() + " " + turn.fault().describe() + " " + turn.lasts());
        }
        return turns;
    }

    @Test
    void aSeedIsADay() throws IOException {
        try (var links = Links.between(nodes())) {
            var cluster = new StubCluster(nodes(), links);
            var kinds =
                    List.of(FaultKind.KILL, FaultKind.CUT, FaultKind.CUT_ONE_WAY, FaultKind.SLOW_LINK, FaultKind.PAUSE);
            var one = turns(new Schedule(cluster, kinds, Rhythm.USUAL, new SplittableRandom(3)), 50);
            var again = turns(new Schedule(cluster, kinds, Rhythm.USUAL, new SplittableRandom(3)), 50);
            var other = turns(new Schedule(cluster, kinds, Rhythm.USUAL, new SplittableRandom(4)), 50);
            assertThat(again).isEqualTo(one);
            assertThat(other).isNotEqualTo(one);
        }
    }

    @Test
    void everyKindHasItsTurn() {
        var cluster = new StubCluster(nodes(), Links.none());
        var kinds = List.of(FaultKind.KILL, FaultKind.STOP, FaultKind.PAUSE);
        var schedule = new Schedule(cluster, kinds, Rhythm.USUAL, new SplittableRandom(1));
        for (int round = 0; round < 5; round++) {
            var classes = new HashSet<Class<?>>();
            kinds.forEach(_ -> classes.add(schedule.next().fault().getClass()));
            assertThat(classes).hasSize(kinds.size());
        }
    }

    @Test
    void namesRoundTrip() {
        assertThat(FaultKind.values())
                .allSatisfy(kind -> assertThat(FaultKind.named(kind.label())).isEqualTo(kind));
        assertThatThrownBy(() -> FaultKind.named("flood"))
                .isInstanceOf(GameDayException.class)
                .hasMessageContaining("flood")
                .hasMessageContaining("cut-one-way");
    }

    @Test
    void aCutHoldsEverythingBetweenTwoNodes() throws IOException {
        var nodes = nodes();
        try (var links = Links.between(nodes)) {
            var cluster = new StubCluster(nodes, links);
            assertThat(links.flows(nodes.get(0), nodes.get(1))).hasSize(2);
            assertThat(links.flows(nodes.get(0), nodes.get(1)))
                    .doesNotContainAnyElementsOf(links.flows(nodes.get(1), nodes.get(0)));
            assertThat(links.of(nodes.get(0), nodes.get(1))).hasSize(2);
            assertThat(new OneWayCut(cluster, nodes.get(0), List.of(nodes.get(1))).describe())
                    .isEqualTo("one-way cut from a1 to [b1]");
        }
    }

    @Test
    void killAndPauseAreUndone() throws IOException, InterruptedException {
        var cluster = new StubCluster(nodes(), Links.none());
        for (var fault : List.of(
                new KillNode(cluster, nodes().subList(0, 2)),
                new PauseNode(cluster, nodes().get(2)),
                new StopNode(cluster, nodes().get(1)))) {
            fault.inject();
            fault.heal();
        }
        assertThat(cluster.done())
                .containsExactly(
                        "kill a1", "kill b1", "start a1", "start b1", "pause c1", "resume c1", "stop b1", "start b1");
    }

    @Test
    void clocksJumpAndDriftAndAreSetRight() throws IOException, InterruptedException {
        var cluster = new StubCluster(nodes(), Links.none());
        var node = nodes().getFirst();
        for (var fault :
                List.of(new ClockJump(cluster, node, Duration.ofSeconds(-90)), new ClockDrift(cluster, node, 30))) {
            fault.inject();
            assertThat(fault.heal()).isEmpty();
        }
        assertThat(cluster.done())
                .containsExactly("clock a1 -90000 1.0", "clock a1 0 1.0", "clock a1 0 1.03", "clock a1 0 1.0");
        assertThat(new ClockJump(cluster, node, Duration.ofSeconds(90)).heal())
                .as("nobody made it jump")
                .contains("not felt");
    }

    @Test
    void aBitOfTheCatalogIsFlipped() throws IOException, InterruptedException {
        var node = nodes().getFirst();
        var log = node.data().resolve("log").resolve("1.log");
        for (int seed = 0; seed < 20; seed++) {
            var original = segment();
            Files.createDirectories(node.data().resolve("log"));
            Files.write(log, original.array());
            var cluster = new StubCluster(nodes(), Links.none());
            var flip = new FlipInCatalog(cluster, node, new SplittableRandom(seed));
            flip.inject();
            assertThat(Arrays.mismatch(original.array(), Files.readAllBytes(log)))
                    .as("seed %d: the one entry of group 0 in the first half", seed)
                    .isEqualTo(32 + 25 + 10 + 25);
            cluster.refuseStarts(1);
            assertThatThrownBy(flip::heal).hasMessageContaining("a1 does not heal its catalog, log/1.log, byte 92");
            assertThat(differingBits(original.array(), log)).isZero();
            assertThat(cluster.done()).containsExactly("kill a1", "refuse a1", "start a1");
        }
    }

    /** As long as a segment made ready for more. */
    private static ByteBuffer segment() {
        var segment = ByteBuffer.allocate(1000).position(32);
        for (int group : new int[] {7, 0, 3, 3, 0}) {
            segment.putInt(0x5eed)
                    .putInt(10)
                    .put((byte) 2)
                    .putInt(group)
                    .putLong(1)
                    .putInt(0)
                    .put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        }
        return segment;
    }

    @Test
    void oneBitIsFlipped() throws IOException, InterruptedException {
        var cluster = new StubCluster(nodes(), Links.none());
        var original = fill(nodes().getFirst());
        var remark = flip(cluster);
        assertThat(differingBits(original, file(nodes().getFirst()))).isEqualTo(1);
        assertThat(remark).contains("1.log, byte ");
        assertThat(cluster.done()).containsExactly("kill a1", "start a1");
    }

    @Test
    void aNodeThatRefusesToStartOnABitFailsTheDay() throws IOException, InterruptedException {
        var cluster = new StubCluster(nodes(), Links.none());
        var original = fill(nodes().getFirst());
        cluster.refuseStarts(1);
        assertThatThrownBy(() -> flip(cluster)).hasMessageContaining("a1 does not start on damage");
        assertThat(differingBits(original, file(nodes().getFirst()))).isZero();
        assertThat(cluster.done()).containsExactly("kill a1", "refuse a1", "start a1");
    }

    private String flip(ClusterUnderTest cluster) throws IOException, InterruptedException {
        var flip = new BitFlip(cluster, nodes().getFirst(), new SplittableRandom(5));
        flip.inject();
        return flip.heal();
    }

    private static Path file(ClusterNode node) {
        return node.data().resolve("log").resolve("1.log");
    }

    private static byte[] fill(ClusterNode node) throws IOException {
        var bytes = new byte[4096];
        new SplittableRandom(1).nextBytes(bytes);
        Files.createDirectories(node.data().resolve("log"));
        Files.write(file(node), bytes);
        Files.writeString(node.data().resolve("FORMAT"), "left alone");
        return bytes;
    }

    private static int differingBits(byte[] original, Path file) throws IOException {
        var now = Files.readAllBytes(file);
        int bits = 0;
        for (int i = 0; i < original.length; i++) {
            bits += Integer.bitCount((original[i] ^ now[i]) & 0xFF);
        }
        return bits;
    }
}
