package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.GlobalIndex;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.metadata.TableStatus;
import dev.evenkeel.metadata.TimeToLive;
import dev.evenkeel.model.DynamoException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is under way is carried on with, whatever fails or is restarted in between. */
class TransitionsTest {
    private final ControlPlane plane = ControlPlane.delayed();

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @Test
    void aCreationIsResumed() {
        plane.createPlain("orders");

        plane.restart();
        plane.scheduler.runAll();

        assertThat(plane.describe("orders").tableStatus()).isEqualTo("ACTIVE");
        assertThat(plane.partitions.open).hasSize(2);
    }

    @Test
    void aDeletionIsResumed() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.delete("orders");

        plane.restart();
        plane.scheduler.runAll();

        assertThat(plane.catalog.image().tables()).isEmpty();
        assertThat(plane.partitions.open).isEmpty();
    }

    /** The node that carries on hears of all changes of the catalog, many of which are no business of that table. */
    @Test
    void whatOthersBeginIsCarriedOnWithOnceForEachChangeOfTheTable() {
        plane.createPlain("orders");
        plane.scheduler.clear();
        plane.tables.carryOn();
        plane.tables.carryOn();
        assertThat(plane.scheduler.size()).isEqualTo(1);
        plane.scheduler.runAll();
        plane.tables.carryOn();
        assertThat(plane.scheduler.size()).isZero();
        assertThat(plane.describe("orders").tableStatus()).isEqualTo("ACTIVE");

        plane.delete("orders");
        plane.scheduler.clear();
        plane.tables.carryOn();
        assertThat(plane.scheduler.size()).isEqualTo(1);
    }

    @Test
    void anIndexIsResumedInEachOfItsPhases() {
        plane.createPlain("orders");
        plane.scheduler.runAll();
        plane.update(ControlPlane.addIndex("orders", "by-gk"));

        plane.restart(); // before it has partitions
        plane.scheduler.runAll();
        assertThat(index().backfilling()).isTrue();

        plane.restart(); // while it is filled
        plane.scheduler.runAll();
        assertThat(plane.partitions.backfills()).isEqualTo(1);
        plane.partitions.finishBackfills();
        assertThat(index().status()).isEqualTo(IndexStatus.ACTIVE);

        plane.update(ControlPlane.dropIndex("orders", "by-gk"));
        plane.restart(); // while it goes
        plane.scheduler.runAll();
        assertThat(plane.describe("orders").globalSecondaryIndexes()).isNull();
        assertThat(plane.partitions.open).hasSize(2);
    }

    private GlobalIndex index() {
        return plane.catalog
                .image()
                .table("orders")
                .orElseThrow()
                .globalIndexes()
                .getFirst();
    }

    @Test
    void whatFailsIsTriedAgainAndTheStatusTellsTheTruthUntilThen() {
        plane.partitions.failures = 2;
        plane.createPlain("orders");

        plane.scheduler.runOne();
        assertThat(plane.describe("orders").tableStatus()).isEqualTo("CREATING");
        plane.scheduler.runOne();
        assertThat(plane.describe("orders").tableStatus()).isEqualTo("CREATING");
        plane.scheduler.runOne();
        assertThat(plane.describe("orders").tableStatus()).isEqualTo("ACTIVE");
        assertThat(plane.scheduler.size()).isZero();
    }

    /**
     * Random requests, steps in any order, failures and restarts; when everything has come to rest, tables and indexes
     * are ACTIVE or gone, and exactly their partitions are open.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void comesToRest(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            act(random);
        }

        plane.partitions.failures = 0;
        for (int round = 0; round < 5; round++) {
            plane.scheduler.runAll();
            plane.partitions.finishBackfills();
        }

        var image = plane.catalog.image();
        assertThat(image.tables()).allSatisfy(TransitionsTest::assertAtRest);
        assertThat(plane.partitions.open).isEqualTo(partitionIds(image));
    }

    private void act(Random random) {
        var table = "table-" + random.nextInt(3);
        var index = "index-" + random.nextInt(3);
        switch (random.nextInt(12)) {
            case 0 -> tolerating(() -> plane.createPlain(table));
            case 1 -> tolerating(() -> plane.createProvisioned(table, 5, 5));
            case 2 -> tolerating(() -> plane.delete(table));
            case 3 -> tolerating(() -> plane.update(ControlPlane.addIndex(table, index)));
            case 4 -> tolerating(() -> plane.update(ControlPlane.dropIndex(table, index)));
            case 5 -> tolerating(() -> plane.update(units(table, random.nextInt(1, 9))));
            case 6 ->
                tolerating(() -> plane.update("{'TableName': '" + table + "', 'BillingMode': 'PAY_PER_REQUEST'}"));
            case 7, 8 -> plane.scheduler.runAny(random);
            case 9 -> plane.partitions.finishAny(random);
            case 10 -> tolerating(() -> plane.setTimeToLive(table, random.nextBoolean(), "until"));
            default -> disturb(random);
        }
    }

    private void disturb(Random random) {
        if (random.nextInt(3) == 0) {
            plane.restart();
        } else {
            plane.partitions.failures = random.nextInt(3);
        }
    }

    private static String units(String table, int units) {
        return "{'TableName': '%s', 'ProvisionedThroughput': {'ReadCapacityUnits': %d, 'WriteCapacityUnits': 5}}"
                .formatted(table, units);
    }

    /** Most requests come at the wrong moment; they must be refused, not fail. */
    private static void tolerating(Runnable request) {
        try {
            request.run();
        } catch (DynamoException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    private static void assertAtRest(Table table) {
        assertThat(table.status()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.settings().throughput().pending()).isNull();
        assertThat(table.timeToLive())
                .satisfiesAnyOf(
                        off -> assertThat(off).isNull(),
                        on -> assertThat(on).isNotNull().returns(false, TimeToLive::isChanging));
        assertThat(table.globalIndexes()).allSatisfy(index -> {
            assertThat(index.status()).isEqualTo(IndexStatus.ACTIVE);
            assertThat(index.backfilling()).isFalse();
        });
    }

    private static Set<Long> partitionIds(CatalogImage image) {
        var ids = new TreeSet<Long>();
        for (var table : image.tables()) {
            image.partitions(table.id()).forEach(partition -> ids.add(partition.id()));
            table.globalIndexes()
                    .forEach(index -> image.partitions(index.id()).forEach(partition -> ids.add(partition.id())));
        }
        return ids;
    }
}
