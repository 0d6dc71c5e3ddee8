package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServerChoiceTest {
    private static final int LOOKUPS = 60;

    private final CountingChannel nearOne = channel(true);
    private final CountingChannel nearTwo = channel(true);
    private final CountingChannel far = channel(true);
    private final CountingChannel starting = channel(false);

    @Test
    void nearOnesShareTheLookupsAndFarOnesGetNone() {
        look(choice(List.of(nearOne, nearTwo), List.of(far)));

        assertThat(requests(nearOne, nearTwo, far)).containsExactly(LOOKUPS / 2, LOOKUPS / 2, 0);
    }

    @Test
    void aServerThatIsNotReadyIsAskedOnceUntilItIsTriedAgain() {
        var choice = choice(List.of(starting, nearOne), List.of(far));
        look(choice);
        assertThat(requests(starting, nearOne, far)).containsExactly(1, LOOKUPS, 0);

        choice.tryAgain();
        look(choice);

        assertThat(requests(starting, nearOne, far)).containsExactly(2, 2 * LOOKUPS, 0);
    }

    @Test
    void oneThatHasStartedGetsItsShareAgain() {
        var late = new MemdsServer();
        var channel = new CountingChannel(late);
        var choice = choice(List.of(channel, nearOne), List.of());
        look(choice);

        late.apply(new PartitionPush(List.of(group(), placed())));
        late.markSynchronised();
        choice.tryAgain();
        look(choice);

        assertThat(requests(channel)).containsExactly(1 + LOOKUPS / 2);
    }

    @Test
    void farOnesStepInWhenNoNearOneCan() {
        look(choice(List.of(starting), List.of(far)));

        assertThat(requests(starting, far)).containsExactly(1, LOOKUPS);
    }

    /** The first lookup finds out about each; after that, one is asked, as if all were well. */
    @Test
    void withoutAnyServerALookupStillAsksOne() {
        var other = channel(false);

        look(choice(List.of(starting), List.of(other)));

        assertThat(starting.requests() + other.requests()).isEqualTo(LOOKUPS + 1);
    }

    private static void look(ServerChoice choice) {
        var cache = new PartitionCache(() -> choice, 10);
        for (int i = 0; i < LOOKUPS; i++) {
            var unused = cache.lookup(1, new byte[] {(byte) i});
        }
    }

    private static ServerChoice choice(List<CountingChannel> near, List<CountingChannel> far) {
        return new ServerChoice(
                near.stream().map(MemdsClient::new).toList(),
                far.stream().map(MemdsClient::new).toList());
    }

    private static List<Integer> requests(CountingChannel... channels) {
        return Stream.of(channels).map(CountingChannel::requests).toList();
    }

    private static CountingChannel channel(boolean ready) {
        var server = new MemdsServer();
        if (ready) {
            server.apply(new PartitionPush(List.of(group(), placed())));
            server.markSynchronised();
        }
        return new CountingChannel(server);
    }

    private static GroupMembership group() {
        return new GroupMembership(1, 1, List.of(new GroupMember("node", GroupMember.Role.STORAGE)), "node");
    }

    private static PlacedPartition placed() {
        return new PlacedPartition(Partitions.partition(1, 1, new byte[0], null, 1), 1);
    }
}
