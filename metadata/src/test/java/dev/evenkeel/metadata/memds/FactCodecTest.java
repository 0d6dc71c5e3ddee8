package dev.evenkeel.metadata.memds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FactCodecTest {
    private static final GroupMembership GROUP = new GroupMembership(
            3,
            300,
            List.of(new GroupMember("a", GroupMember.Role.STORAGE), new GroupMember("b", GroupMember.Role.LOG)),
            "b");
    private static final PlacedPartition PARTITION = new PlacedPartition(
            Partitions.partition(200, 5, new byte[] {1, 2, 3}, new byte[] {1, 2, (byte) 0x80}, 3), 7);

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** These bytes are in the memory of servers of other releases: they may only change with the format. */
    @Test
    void hasThisForm() {
        assertThat(FactCodec.encode(PARTITION)).hasToString("0300000005010203=11c80107030280");
        assertThat(FactCodec.encode(GROUP)).hasToString("0200000003=10ac020202016100016201");
        assertThat(FactCodec.encode(new DroppedTable(9))).hasToString("0100000009=10");
        assertThat(HexFormat.of().formatHex(new Route(PARTITION, GROUP).toBytes()))
                .isEqualTo(
                        "01" + "08" + "0300000005010203" + "07" + "11c80107030280" + "0b" + "10ac020202016100016201");
        assertThat(HexFormat.of().formatHex(Messages.lookup(5, new byte[] {1, 2})))
                .isEqualTo("0101000000050102");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatItWrote(long seed) {
        var cluster = new RandomCluster(new Random(seed));
        for (int i = 0; i < 50; i++) {
            var push = cluster.next();
            for (var fact : push.facts()) {
                assertThat(FactCodec.decode(FactCodec.encode(fact))).isEqualTo(fact);
            }
            var position = cluster.position();
            cluster.route(cluster.anyTableId(), position)
                    .ifPresent(route -> assertThat(Route.of(route.toBytes())).isEqualTo(route));
        }
    }

    /** Whatever comes, it is understood or refused as corrupt; and what is refused changes nothing. */
    @ParameterizedTest
    @MethodSource("seeds")
    void refusesWhatNobodyWrote(long seed) {
        var random = new Random(seed);
        var cluster = new RandomCluster(random);
        var server = new MemdsServer();
        server.apply(cluster.all());
        var questions = List.of(new Subtree.Question(new PerklePrefix(new byte[] {3, 0x10}, 3), true));
        var messages = List.of(
                Messages.push(new PartitionPush(List.of(PARTITION, GROUP))),
                Messages.lookup(1, new byte[] {1}),
                Messages.subtrees(questions),
                Messages.status());
        for (int i = 0; i < 100; i++) {
            var message = messages.get(random.nextInt(messages.size())).clone();
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
            var broken = random.nextBoolean() ? message : Arrays.copyOf(message, random.nextInt(message.length + 3));
            var before = server.status();
            try {
                server.handle(broken);
            } catch (CorruptMessageException refused) {
                assertThat(server.status()).isEqualTo(before);
            }
        }
    }

    @Test
    void refusesNewerFormats() {
        var newer = Messages.status();
        newer[0] = 2;
        var newerFact = new PerkleEntry(FactCodec.droppedTableKey(1), new byte[] {0x20});

        assertThatThrownBy(() -> new MemdsServer().handle(newer))
                .isInstanceOf(CorruptMessageException.class)
                .hasMessageContaining("format 2");
        assertThatThrownBy(() -> FactCodec.decode(newerFact))
                .isInstanceOf(CorruptMessageException.class)
                .hasMessageContaining("format 32");
    }

    @Test
    void refusesContradictions() {
        assertThatThrownBy(() -> new GroupMembership(1, 1, GROUP.members(), "c"))
                .hasMessageContaining("c leads");
        assertThatThrownBy(() -> new Route(PARTITION, new GroupMembership(4, 1, List.of(), null)))
                .hasMessageContaining("with group 4");
        assertThatThrownBy(() -> PartitionPush.of(PARTITION.partition(), 1, new GroupMembership(4, 1, List.of(), null)))
                .hasMessageContaining("with group 4");
        assertThatThrownBy(() -> new GroupMembership(1, -1, List.of(), null)).hasMessageContaining("negative");
        assertThatThrownBy(() -> new PlacedPartition(PARTITION.partition(), -1)).hasMessageContaining("negative");
    }
}
