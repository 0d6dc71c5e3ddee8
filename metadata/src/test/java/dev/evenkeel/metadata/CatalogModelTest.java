package dev.evenkeel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.replication.LogEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random changes go to a catalog and to an obvious model of it; both must agree after each, whatever is restarted in
 * between, from whichever snapshot.
 */
class CatalogModelTest {
    private static final int CHANGES = 180;

    private final List<LogEntry> log = new ArrayList<>();
    private final Set<Integer> idsSeen = new HashSet<>();
    private final Set<Long> partitionIdsSeen = new HashSet<>();
    private final List<CatalogImage> heard = new ArrayList<>();

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreesWithAMapAcrossRestarts(long seed, @TempDir Path folder) {
        var random = new Random(seed);
        var changes = new RandomChanges(random);
        var clusterChanges = new RandomClusterChanges(random);
        var model = new CatalogModel();
        var machine = CatalogStateMachine.open(folder);
        var catalog = start(machine, random);

        for (int i = 0; i < CHANGES; i++) {
            var change = random.nextInt(3) == 0
                    ? clusterChanges.any(catalog.image())
                    : changes.any(anyTableId(random, catalog), anyVersion(random, catalog));
            var before = catalog.image();

            boolean accepted = accepted(catalog, change);

            assertThat(accepted).as("%s", change).isEqualTo(model.apply(change, log.size()));
            model.assertAgrees(catalog.image());
            if (!accepted) {
                assertThat(catalog.image()).isSameAs(before);
            }
            assertThat(heard.getLast()).isSameAs(catalog.image());
            checkIds(before, catalog.image());
            if (random.nextInt(20) == 0) {
                machine.persist();
                assertThat(machine.persistedLsn()).isEqualTo(log.size());
            }
            if (random.nextInt(15) == 0) {
                var image = catalog.image();
                machine = CatalogStateMachine.open(folder);
                catalog = start(machine, random);
                assertThat(catalog.image()).isEqualTo(image);
                assertThat(machine.appliedLsn()).isEqualTo(log.size());
            }
        }
    }

    private Catalog start(CatalogStateMachine machine, Random random) {
        var catalog = new Catalog(new RecordingGroup(log, machine), machine, random);
        catalog.listen(heard::add);
        return catalog;
    }

    private static boolean accepted(Catalog catalog, CatalogChange change) {
        try {
            assertThat(catalog.propose(change)).isSameAs(catalog.image());
            return true;
        } catch (DynamoException | StaleTableException | RefusedChangeException refused) {
            return false;
        }
    }

    private static int anyTableId(Random random, Catalog catalog) {
        var tables = catalog.image().tables();
        return tables.isEmpty() || random.nextInt(10) == 0
                ? random.nextInt(1, 50)
                : tables.get(random.nextInt(tables.size())).id();
    }

    private static long anyVersion(Random random, Catalog catalog) {
        var tables = catalog.image().tables();
        return tables.isEmpty() ? 1 : tables.get(random.nextInt(tables.size())).version();
    }

    /** Whatever is new has ids that nothing had before. */
    private void checkIds(CatalogImage before, CatalogImage after) {
        var known = ids(before);
        for (int id : ids(after)) {
            if (!known.contains(id)) {
                assertThat(idsSeen.add(id)).as("table id %s", id).isTrue();
                after.partitions(id)
                        .forEach(partition -> assertThat(partitionIdsSeen.add(partition.id()))
                                .as("partition id %s", partition.id())
                                .isTrue());
            }
        }
    }

    private static Set<Integer> ids(CatalogImage image) {
        var ids = new HashSet<Integer>();
        for (var table : image.tables()) {
            ids.add(table.id());
            table.globalIndexes().forEach(index -> ids.add(index.id()));
        }
        return ids;
    }
}
