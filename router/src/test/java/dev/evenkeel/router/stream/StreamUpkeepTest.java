package dev.evenkeel.router.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogStateMachine;
import dev.evenkeel.metadata.Placement;
import dev.evenkeel.metadata.StreamChange.EndStream;
import dev.evenkeel.metadata.StreamSettings;
import dev.evenkeel.metadata.StreamStatus;
import dev.evenkeel.metadata.StreamViewType;
import dev.evenkeel.metadata.TableDefinition;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.StreamGroup;
import dev.evenkeel.partition.stream.ChangesPage;
import dev.evenkeel.partition.stream.ChangesRead;
import dev.evenkeel.partition.stream.ShardKey;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is a day old goes; and a day after its end, so does the stream. */
class StreamUpkeepTest {
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int PARTITIONS = 3;

    private final CatalogStateMachine machine = CatalogStateMachine.inMemory();
    private final SoloGroup group = SoloGroup.open(0, new MemoryLog(), machine);
    private final Catalog catalog = new Catalog(group, machine, new Random(1));
    private final Recording groups = new Recording();
    private Instant now = BEGUN;
    private final StreamUpkeep upkeep = new StreamUpkeep(
            catalog,
            _ -> groups,
            new Ticker() {
                @Override
                public long nanos() {
                    return 0; // the thread does nothing: the test does
                }

                @Override
                public long epochMillis() {
                    return now.toEpochMilli();
                }
            },
            () -> true);

    /** Notes what it is asked for, and refuses when it is told to. */
    private static final class Recording implements StreamGroup {
        final List<Long> trims = new ArrayList<>();
        final List<ShardKey> removed = new ArrayList<>();
        boolean isDown;

        private void check() {
            if (isDown) {
                throw new IllegalStateException("nobody leads");
            }
        }

        @Override
        public ChangesPage changes(ChangesRead read) {
            throw new AssertionError();
        }

        @Override
        public long mark() {
            throw new AssertionError();
        }

        @Override
        public long newest() {
            throw new AssertionError();
        }

        @Override
        public void trim(ShardKey shard, long keptSince) {
            check();
            trims.add(keptSince);
        }

        @Override
        public void remove(ShardKey shard) {
            check();
            removed.add(shard);
        }
    }

    @BeforeEach
    void createTable() {
        var id = new KeyAttribute("id", AttributeType.S);
        var settings = TableSettings.forOnDemand()
                .withStream(new StreamSettings(StreamViewType.NEW_IMAGE, "2026-01-01T00:00:00.000"));
        catalog.propose(new CreateTable(
                new TableDefinition(
                        "t",
                        "arn",
                        new UUID(1, 2),
                        BEGUN,
                        KeySchema.of(id),
                        List.of(id),
                        List.of(),
                        List.of(),
                        settings,
                        Map.of()),
                new Placement(PARTITIONS, 1)));
    }

    @AfterEach
    void close() {
        upkeep.close();
        group.close();
    }

    @Test
    void anOpenStreamIsTrimmed() {
        now = BEGUN.plus(Duration.ofHours(30));
        upkeep.tidy();
        long sixHours = BEGUN.plus(Duration.ofHours(6)).toEpochMilli();
        assertThat(groups.trims).containsExactly(sixHours, sixHours, sixHours);
        assertThat(groups.removed).isEmpty();
        assertThat(catalog.image().streams()).hasSize(1);
    }

    @Test
    void anEndedStreamGoesAfterADayWithAllItsShards() {
        var stream = catalog.image().streams().getFirst();
        now = BEGUN.plus(Duration.ofHours(1));
        catalog.propose(new EndStream(stream.id(), Map.of(1, 9L), now));
        var ended = catalog.image().streams().getFirst();
        assertThat(ended.status()).isEqualTo(StreamStatus.DISABLED);
        assertThat(ended.shards())
                .allSatisfy(shard -> assertThat(shard.endLsn()).isEqualTo(9));

        now = BEGUN.plus(Duration.ofHours(25));
        upkeep.tidy();
        assertThat(catalog.image().streams()).hasSize(1);

        now = BEGUN.plus(Duration.ofHours(26));
        groups.isDown = true;
        upkeep.tidy();
        assertThat(catalog.image().streams()).hasSize(1); // its records first

        groups.isDown = false;
        upkeep.tidy();
        assertThat(groups.removed).hasSize(PARTITIONS).doesNotHaveDuplicates();
        assertThat(catalog.image().streams()).isEmpty();
    }
}
