package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchingChannelTest {
    private static final int PARTITIONS = 256;

    private record Message(byte[] request, CompletableFuture<byte[]> answer) {}

    private final MemdsServer server = server();
    private final Deque<Message> underWay = new ArrayDeque<>();
    private final MemdsClient client = new MemdsClient(new BatchingChannel(this::send));

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void oneAloneLeavesAtOnceAndAsItIs() {
        var answer = client.lookup(1, position(7));

        assertThat(underWay).hasSize(1);
        assertThat(underWay.element().request).isEqualTo(Messages.lookup(1, position(7)));
        arrive();
        assertThat(found(answer)).isEqualTo(7);
        assertThat(underWay).isEmpty();
    }

    @Test
    void whatIsAskedMeanwhileLeavesTogether() {
        var answers = new ArrayList<CompletableFuture<LookupAnswer>>();
        for (int i = 0; i < 100; i++) {
            answers.add(client.lookup(1, position(i)));
        }

        assertThat(underWay).hasSize(1);
        arrive();
        assertThat(underWay).hasSize(1);
        arrive();

        assertThat(underWay).isEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(found(answers.get(i))).isEqualTo(i);
        }
        assertThat(server.lookups()).isEqualTo(100);
    }

    /** Messages that arrive, fail or bring nonsense in any order of asking: everybody is told, and told the right thing. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everybodyIsTold(long seed) {
        var random = new Random(seed);
        var asked = new ArrayList<Integer>();
        var answers = new ArrayList<CompletableFuture<LookupAnswer>>();
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(4) > 0) {
                asked.add(random.nextInt(PARTITIONS));
                answers.add(client.lookup(1, position(asked.getLast())));
            } else if (!underWay.isEmpty()) {
                step(random);
            }
            assertThat(underWay).hasSizeLessThanOrEqualTo(1);
        }
        while (!underWay.isEmpty()) {
            arrive();
        }
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i)).isDone();
            if (!answers.get(i).isCompletedExceptionally()) {
                assertThat(found(answers.get(i))).isEqualTo(asked.get(i));
            }
        }
    }

    private void step(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> underWay.remove().answer.completeExceptionally(new IllegalStateException("lost"));
            case 1 -> underWay.remove().answer.complete(new byte[] {9});
            default -> arrive();
        }
    }

    /** A channel that fails at once, for ever: no recursion, no hang. */
    @Test
    void aBrokenChannelFailsEverybody() {
        var broken = new MemdsClient(
                new BatchingChannel(_ -> CompletableFuture.failedFuture(new IllegalStateException("gone"))));
        for (int i = 0; i < 10_000; i++) {
            assertThat(broken.lookup(1, position(i))).isCompletedExceptionally();
        }
    }

    @Test
    void aSilentServerGathersNoMoreThanSoMuch() {
        var answers = new ArrayList<CompletableFuture<LookupAnswer>>();
        for (int i = 0; i < 10_000; i++) {
            answers.add(client.lookup(1, position(i)));
        }

        assertThat(answers.getFirst()).isNotDone();
        assertThatThrownBy(() -> answers.getLast().join())
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("wait for this server");
        underWay.remove().answer.completeExceptionally(new IllegalStateException("timed out"));
        while (!underWay.isEmpty()) {
            arrive();
        }
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void onlyLookupsMayBeAmongLookups() {
        assertThatThrownBy(() -> server.handle(Messages.lookups(List.of(Messages.status()))))
                .isInstanceOf(CorruptMessageException.class);
        var nested = Messages.lookups(List.of(Messages.lookup(1, position(1))));
        assertThatThrownBy(() -> server.handle(Messages.lookups(List.of(nested))))
                .isInstanceOf(CorruptMessageException.class);
    }

    private CompletableFuture<byte[]> send(byte[] request) {
        var message = new Message(request, new CompletableFuture<>());
        underWay.add(message);
        return message.answer;
    }

    private void arrive() {
        var message = underWay.remove();
        message.answer.complete(server.handle(message.request));
    }

    private static int found(CompletableFuture<LookupAnswer> answer) {
        return (int) ((LookupAnswer.Found) answer.join()).route().partition().id();
    }

    private static byte[] position(int partition) {
        return new byte[] {(byte) partition, 77};
    }

    /** Of a table whose partitions are each a first byte of positions, which is also the partition's id. */
    private static MemdsServer server() {
        var facts = new ArrayList<Fact>();
        facts.add(new GroupMembership(1, 1, List.of(new GroupMember("node", GroupMember.Role.STORAGE)), "node"));
        for (int i = 0; i < PARTITIONS; i++) {
            var to = i + 1 == PARTITIONS ? null : new byte[] {(byte) (i + 1)};
            facts.add(new PlacedPartition(Partitions.partition(i, 1, new byte[] {(byte) i}, to, 1), 1));
        }
        var server = new MemdsServer();
        server.apply(new PartitionPush(facts));
        server.markSynchronised();
        return server;
    }
}
