package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepairTest {
    private static final GroupMembership GROUP =
            new GroupMembership(1, 1, List.of(new GroupMember("a", GroupMember.Role.STORAGE)), "a");

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** Each has missed pushes of its own; after both have asked the other, both know everything. */
    @ParameterizedTest
    @MethodSource("seeds")
    void bringsTwoServersTogether(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var all = new MemdsServer();
        var one = new MemdsServer();
        var other = new MemdsServer();
        other.markSynchronised();
        int missed = random.nextInt(1, 6);
        for (int i = 0; i < 300; i++) {
            var push = i == 0 ? cluster.all() : cluster.next();
            all.apply(push);
            if (random.nextInt(missed) > 0) {
                one.apply(push);
            }
            if (random.nextInt(missed) == 0) {
                other.apply(push);
            }
        }
        // what both have missed comes to one of them
        one.apply(cluster.all());

        repair(one, other);
        var report = repair(other, one);

        assertThat(report.rootsEqual()).isTrue();
        assertThat(one.facts()).isEqualTo(other.facts());
        assertThat(one.status()).isEqualTo(other.status());
        assertThat(one.facts()).containsExactlyElementsOf(all.facts());
        assertThat(repair(one, other)).isEqualTo(new RepairReport(0, 0, true));
    }

    /** What goes over the wire grows with what differs, not with what there is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100})
    void readsOnlyWhatDiffers(int changes) {
        var random = new Random(changes);
        var facts = facts(100_000);
        var peer = started(facts);
        var server = started(facts);
        for (int i = 0; i < changes; i++) {
            var placed = (PlacedPartition) facts.get(random.nextInt(1, facts.size()));
            peer.apply(new PartitionPush(List.of(new PlacedPartition(placed.partition(), 2 + i))));
        }
        var channel = new CountingChannel(peer);

        var report = Repair.run(server, new MemdsClient(channel));

        int depth = 6; // of a bucket: kind and table, then 16^4 for 100,000 positions
        assertThat(report.rootsEqual()).isTrue();
        assertThat(report.news()).isBetween(1, changes);
        assertThat(report.subtreesRead()).isLessThanOrEqualTo(changes * depth);
        assertThat(channel.requests()).isLessThan(2 * depth + 4);
        assertThat(channel.bytes()).isLessThan(changes * depth * 700L);
        assertThat(server.status()).isEqualTo(peer.status());
    }

    @Test
    void fillsAServerThatHasJustStarted() {
        var peer = started(facts(20_000));
        var server = new MemdsServer();
        var channel = new CountingChannel(peer);

        var report = Repair.run(server, new MemdsClient(channel));

        assertThat(report.rootsEqual()).isTrue();
        assertThat(report.news()).isEqualTo(20_001);
        assertThat(server.status()).isEqualTo(peer.status());
        assertThat(channel.requests()).isLessThan(40);
    }

    /** Two that have just started may tell each other what they have heard, but that is not everything. */
    @Test
    void doesNotBelieveAPeerThatIsNotSynchronisedItself() {
        var peer = new MemdsServer();
        peer.apply(new PartitionPush(facts(100)));
        var server = new MemdsServer();

        assertThat(repair(server, peer).rootsEqual()).isTrue();
        assertThat(server.status().synchronised()).isFalse();

        peer.markSynchronised();
        repair(server, peer);

        assertThat(server.status().synchronised()).isTrue();
    }

    /** The peer lags: there is nothing to learn, and that is found out in one pass. */
    @Test
    void endsWhenThePeerKnowsLess() {
        var facts = facts(1_000);
        var peer = started(facts.subList(0, 500));
        var server = new MemdsServer();
        server.apply(new PartitionPush(facts));

        var report = repair(server, peer);

        assertThat(report.rootsEqual()).isFalse();
        assertThat(report.news()).isZero();
        assertThat(server.status().synchronised()).isTrue();
        assertThat(server.status().facts()).isEqualTo(1_001);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void takesPushesMeanwhile(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var peer = new MemdsServer();
        peer.markSynchronised();
        peer.apply(cluster.all());
        for (int i = 0; i < 200; i++) {
            peer.apply(cluster.next());
        }
        var server = new MemdsServer();
        MemdsChannel channel = request -> {
            var answer = peer.handle(request);
            var push = cluster.next();
            peer.apply(push);
            server.apply(push);
            return CompletableFuture.completedFuture(answer);
        };

        Repair.run(server, new MemdsClient(channel));

        assertThat(server.status().synchronised()).isTrue();
        assertThat(server.facts()).isEqualTo(peer.facts());
    }

    /** Long keys fill answers early; what did not fit is asked again. */
    @Test
    void goesOnWhenAnAnswerIsFull() {
        var facts = new ArrayList<Fact>(List.of(GROUP));
        for (int i = 0; i < 2_000; i++) {
            var from = new byte[2_000];
            Arrays.fill(from, 4, from.length, (byte) 0xEE);
            ByteBuffer.wrap(from).putInt(i << 16);
            facts.add(new PlacedPartition(Partitions.partition(i, 1, from, null, 1), 1));
        }
        var peer = started(facts);
        var server = new MemdsServer();
        var channel = new CountingChannel(peer);

        var report = Repair.run(server, new MemdsClient(channel));

        assertThat(report.rootsEqual()).isTrue();
        assertThat(channel.statusRequests()).isEqualTo(2); // before and after a single pass
        assertThat(channel.bytesMax())
                .isBetween(Messages.SUBTREES_BYTES_SOFT_MAX, 2 * Messages.SUBTREES_BYTES_SOFT_MAX);
        assertThat(server.facts()).isEqualTo(peer.facts());
    }

    @Test
    void failsWhenThePeerDoesNotAnswer() {
        var peer = started(facts(SubtreeReader.WHOLE_ENTRIES_MAX + 1));
        var server = new MemdsServer();
        var answers = new Object() {
            int left = 2;
        };
        MemdsChannel channel = request -> answers.left-- > 0
                ? CompletableFuture.completedFuture(peer.handle(request))
                : CompletableFuture.failedFuture(new IllegalStateException("gone"));

        assertThatThrownBy(() -> Repair.run(server, new MemdsClient(channel)))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("gone");
        assertThat(server.status().synchronised()).isFalse();
    }

    /** A peer that answers nonsense is left, not followed in circles. */
    @Test
    void refusesAnswersThatLeadNowhere() {
        var status = Messages.statusAnswer(new MemdsStatus(1, 1, true));
        var circle = Messages.answer(16) // no entries; one child, which is everything again
                .number(0)
                .number(1)
                .number(0)
                .i64(1)
                .number(1)
                .toBytes();
        var nothing = Messages.answer(1).toBytes();
        for (var answer : List.of(circle, nothing)) {
            MemdsChannel channel = request ->
                    CompletableFuture.completedFuture(Arrays.equals(request, Messages.status()) ? status : answer);

            assertThatThrownBy(() -> Repair.run(new MemdsServer(), new MemdsClient(channel)))
                    .isInstanceOf(CorruptMessageException.class)
                    .hasMessageMatching(" is not under .*|0 answers to 1 questions");
        }
    }

    private static List<Fact> facts(int partitions) {
        var facts = new ArrayList<Fact>(List.of(GROUP));
        var random = new Random(partitions);
        for (int i = 0; i < partitions; i++) {
            var from = new byte[8];
            random.nextBytes(from);
            facts.add(new PlacedPartition(Partitions.partition(i, 1, from, null, 1), 1));
        }
        return facts;
    }

    private static MemdsServer started(List<Fact> facts) {
        var server = new MemdsServer();
        server.markSynchronised();
        server.apply(new PartitionPush(facts));
        return server;
    }

    private static RepairReport repair(MemdsServer server, MemdsServer peer) {
        return Repair.run(server, new MemdsClient(new CountingChannel(peer)));
    }
}
