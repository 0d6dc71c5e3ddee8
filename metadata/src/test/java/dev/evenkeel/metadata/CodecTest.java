package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.ExpirySchema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void entriesReadBackAsTheyWereWritten(long seed) {
        var random = new Random(seed);
        var change = new RandomChanges(random).any();
        var entry = new CatalogEntry(random.nextLong(), random.nextLong(), change);

        var bytes = entry.encode();

        assertThat(CatalogEntry.decode(bytes)).isEqualTo(entry);
        assertThat(CatalogEntry.decode(bytes).encode()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void imagesReadBackAsTheyWereWritten(long seed) {
        var samples = new Samples(new Random(seed));
        var image = CatalogImage.EMPTY;
        for (int lsn = 1; lsn <= 5; lsn++) {
            var create = new CatalogChange.CreateTable(samples.anyTable("table-" + lsn), new Placement(lsn, 3));
            image = CatalogTransition.apply(image, create, lsn);
        }
        image = Samples.withCluster(image, new Random(seed));

        var bytes = ImageCodec.encode(image);
        var read = ImageCodec.decode(bytes);

        assertThat(read).isEqualTo(image);
        assertThat(read.tables()).isEqualTo(image.tables());
        assertThat(ImageCodec.encode(read)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutOrChangedEntriesAreRefusedNotMisread(long seed) {
        var random = new Random(seed);
        var bytes = new CatalogEntry(1, 2, new RandomChanges(random).any()).encode();
        var cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        var longer = Arrays.copyOf(bytes, bytes.length + 1);

        assertThatThrownBy(() -> CatalogEntry.decode(cut)).isInstanceOf(CorruptCatalogException.class);
        assertThatThrownBy(() -> CatalogEntry.decode(longer)).isInstanceOf(CorruptCatalogException.class);
    }

    @Test
    void changesOfStreamsAndClosedShardsReadBack() {
        var end = new StreamChange.EndStream(1, Map.of(2, 7L, 1, 9L), Instant.ofEpochMilli(1_234));
        for (var change : List.of(end, new StreamChange.DropStream(1))) {
            var entry = new CatalogEntry(1, 2, change);
            assertThat(CatalogEntry.decode(entry.encode())).isEqualTo(entry);
        }
        var table = Samples.plain("t");
        var settings =
                table.settings().withStream(new StreamSettings(StreamViewType.OLD_IMAGE, "2026-01-01T00:00:00.000"));
        var streaming = new TableDefinition(
                table.name(),
                table.arn(),
                table.uuid(),
                table.createdAt(),
                table.key(),
                table.attributes(),
                table.localIndexes(),
                table.globalIndexes(),
                settings,
                table.tags());
        var open = CatalogTransition.apply(
                CatalogImage.EMPTY, new CatalogChange.CreateTable(streaming, new Placement(2, 1)), 1);
        var image = CatalogTransition.apply(open, end, 2);

        assertThat(image.streams().getFirst().shards())
                .hasSize(2)
                .allSatisfy(shard -> assertThat(shard.endLsn()).isEqualTo(9));
        assertThat(ImageCodec.decode(ImageCodec.encode(image))).isEqualTo(image);
    }

    @Test
    void imagesTellWhatExpires() {
        var created = CatalogTransition.apply(
                CatalogImage.EMPTY, new CatalogChange.CreateTable(Samples.plain("t"), new Placement(1, 1)), 1);
        var timeToLive = new TimeToLive("until", TimeToLiveStatus.ENABLED, 1);

        var image = CatalogTransition.apply(created, new CatalogChange.SetTimeToLive(1, timeToLive), 2);
        var read = ImageCodec.decode(ImageCodec.encode(image));

        assertThat(read).isEqualTo(image);
        assertThat(read.table("t").orElseThrow().schema().expiry()).isEqualTo(new ExpirySchema(1, "until"));
        var ended = CatalogTransition.apply(
                CatalogTransition.apply(
                        image,
                        new CatalogChange.SetTimeToLive(1, timeToLive.withStatus(TimeToLiveStatus.DISABLING)),
                        3),
                new CatalogChange.SettleTimeToLive(1, timeToLive.withStatus(TimeToLiveStatus.DISABLING)),
                4);
        assertThat(ImageCodec.encode(ended)[0]).isEqualTo((byte) 1);
    }

    @Test
    void anEntryOfANewerReleaseIsNamedAsSuch() {
        var bytes = new CatalogEntry(1, 2, new CatalogChange.DropTable(1)).encode();
        bytes[0] = 2;

        assertThatThrownBy(() -> CatalogEntry.decode(bytes)).hasMessageContaining("entry format 2");
    }

    @Test
    void anImageWithoutAClusterIsWrittenAsTheFirstReleaseDid() {
        var image = CatalogTransition.apply(
                CatalogImage.EMPTY, new CatalogChange.CreateTable(Samples.plain("t"), new Placement(1, 1)), 1);

        var bytes = ImageCodec.encode(image);

        assertThat(bytes[0]).isEqualTo((byte) 1);
        assertThat(ImageCodec.decode(bytes)).isEqualTo(image);
    }

    @Test
    void theFormatOfAClusterStandsStill() {
        var node = new NodeDescriptor("n", "z", "c", 1, "p", 2, NodeState.DRAINING, 3);
        var replicas = List.of(new ReplicaDescriptor("n", ReplicaKind.STORAGE));
        var image = CatalogImage.EMPTY.withTopology(
                new Topology(Map.of("n", node), Map.of(7, new GroupDescriptor(7, 8, replicas)), 2));

        assertThat(ImageCodec.encode(image))
                .asHexString()
                .isEqualTo(
                        "02" // format
                                + "0000000000000000" + "00000001" + "0000000000000001" + "00000000" // no tables
                                + "00000002" // feature level
                                + "00000001" + "00000001" + "6E" + "00000001" + "7A" // one node: its id, its zone
                                + "00000001" + "63" + "00000001" + "00000001" + "70" + "00000002" // addresses
                                + "01" + "00000003" // state, feature level
                                + "00000001" + "00000007" + "0000000000000008" // one group: its id, its version
                                + "00000001" + "00000001" + "6E" + "00"); // one replica: its node, its kind
    }

    @Test
    void aClusterThatBreaksItsRulesIsRefused() {
        var node = new NodeDescriptor("n", "z", "c", 1, "p", 2, NodeState.ACTIVE, 3);
        var bytes = ImageCodec.encode(CatalogImage.EMPTY.withTopology(new Topology(Map.of("n", node), Map.of(), 3)));
        assertThat(ImageCodec.decode(bytes).featureLevel()).isEqualTo(3);
        bytes[28] = 4; // the cluster's feature level

        assertThatThrownBy(() -> ImageCodec.decode(bytes)).isInstanceOf(CorruptCatalogException.class);
    }

    @Test
    void anUnknownChangeIsNamed() {
        var bytes = new CatalogEntry(1, 2, new CatalogChange.DropTable(1)).encode();
        bytes[17] = 99;

        assertThatThrownBy(() -> CatalogEntry.decode(bytes)).hasMessage("no change of the catalog has number 99");
    }

    @Test
    void theFormatOfAnEntryStandsStill() {
        var change = new CatalogChange.Untag(258, List.of("ab", "ü"));

        assertThat(new CatalogEntry(1, 2, change).encode())
                .asHexString()
                .isEqualTo(
                        "01" // format
                                + "0000000000000001" + "0000000000000002" // proposer, proposal
                                + "0B" // Untag
                                + "00000102" // table
                                + "00000002" + "00000002" + "6162" + "00000002" + "C3BC");
    }
}
