package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.StoreKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random writes against a map of items: items, indexes, counts and collection sizes must agree with it. */
class PartitionModelTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void itemsAndIndexesAgreeWithAMap(long seed) {
        var random = new Random(seed);
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL, 0x40, 0x90)) {
            var model = new HashMap<Item, Item>();
            for (int i = 0; i < 400; i++) {
                step(random, cluster, model);
            }
            cluster.host.awaitIndexes();
            compare(cluster, model);
            model.keySet().forEach(cluster::delete);
            cluster.host.awaitIndexes();
            compare(cluster, Map.of());
        }
    }

    private static void step(Random random, Cluster cluster, Map<Item, Item> model) {
        var key = Cluster.key("k" + random.nextInt(8), random.nextInt(4));
        var before = model.get(key);
        if (random.nextInt(4) == 0) {
            assertThat(cluster.delete(key).before()).isEqualTo(before);
            model.remove(key);
        } else if (random.nextInt(3) == 0) {
            var outcome = cluster.update(key, Cluster.increment("instant"), null);
            assertThat(outcome.before()).isEqualTo(before);
            model.put(key, Objects.requireNonNull(outcome.after()));
        } else {
            var item = randomItem(random, key);
            assertThat(cluster.put(item).before()).isEqualTo(before);
            model.put(key, item);
        }
        assertThat(cluster.get(key)).isEqualTo(model.get(key));
    }

    private static Item randomItem(Random random, Item key) {
        var attributes = new LinkedHashMap<>(key.toMap());
        if (random.nextInt(3) > 0) {
            attributes.put("instant", AttributeValue.of(random.nextInt(5)));
        }
        if (random.nextInt(3) > 0) {
            attributes.put("colour", AttributeValue.of("c" + random.nextInt(3)));
        }
        attributes.put("note", AttributeValue.of("x".repeat(random.nextInt(50))));
        attributes.put("other", AttributeValue.of(random.nextInt(100)));
        return Item.of(attributes);
    }

    static void compare(Cluster cluster, Map<Item, Item> model) {
        assertThat(cluster.all(Cluster.TABLE, StoreKey.ITEMS)).containsExactlyInAnyOrderElementsOf(model.values());
        var byTime = model.values().stream()
                .map(item -> Cluster.BY_TIME.entryFor(item, Cluster.KEY))
                .filter(Objects::nonNull)
                .toList();
        assertThat(cluster.all(Cluster.TABLE, 1)).containsExactlyInAnyOrderElementsOf(byTime);
        var byColour = model.values().stream()
                .map(item -> Cluster.BY_COLOUR.entryFor(item, Cluster.KEY))
                .filter(Objects::nonNull)
                .toList();
        assertThat(cluster.all(Cluster.GLOBAL, StoreKey.ITEMS)).containsExactlyInAnyOrderElementsOf(byColour);
        assertThat(cluster.counted(Cluster.TABLE, StoreKey.ITEMS)).isEqualTo(model.size());
        assertThat(cluster.counted(Cluster.TABLE, 1)).isEqualTo(byTime.size());
        assertThat(cluster.counted(Cluster.GLOBAL, StoreKey.ITEMS)).isEqualTo(byColour.size());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void anIndexCreatedUnderWritesEndsComplete(long seed) throws InterruptedException {
        try (var cluster = new Cluster(Cluster.WITHOUT_GLOBAL, 0x80)) {
            var random = new Random(seed);
            for (int i = 0; i < 300; i++) {
                cluster.put(randomItem(random, Cluster.key("k" + random.nextInt(40), random.nextInt(4))));
            }
            Runnable create = () -> {
                cluster.openAll(Cluster.INDEX_TABLE, 20, 0x80);
                cluster.host.replaceSchema(cluster.tablePartitions, Cluster.WITH_GLOBAL);
                cluster.host.backfill(cluster.tablePartitions, Cluster.GLOBAL, () -> true);
            };
            Runnable write = () -> {
                var own = new Random(seed + 1);
                for (int i = 0; i < 300; i++) {
                    var key = Cluster.key("k" + own.nextInt(40), own.nextInt(4));
                    if (own.nextInt(4) == 0) {
                        cluster.delete(key);
                    } else {
                        cluster.put(randomItem(own, key));
                    }
                }
            };
            Cluster.together(List.of(create, write));
            cluster.host.awaitIndexes();
            var model = new HashMap<Item, Item>();
            cluster.all(Cluster.TABLE, StoreKey.ITEMS).forEach(item -> model.put(item.only(Cluster.KEY.names()), item));
            compare(cluster, model);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void noIncrementOfAHotItemIsLost(long seed) throws InterruptedException {
        try (var cluster = new Cluster(Cluster.WITH_GLOBAL)) {
            var key = Cluster.key("hot", seed);
            Runnable increments = () -> {
                for (int i = 0; i < 50; i++) {
                    cluster.update(key, Cluster.increment("instant"), null);
                }
            };
            Cluster.together(IntStream.range(0, 8).mapToObj(_ -> increments).toList());
            assertThat(Objects.requireNonNull(cluster.get(key)).get("instant")).isEqualTo(AttributeValue.of(400));
        }
    }

    /** The flush may be quicker than the writer of the next outcome; what was pending before must not come back. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.partition.Seeds#thirty")
    void noIncrementIsLostOnAQuickDisk(long seed) throws InterruptedException {
        try (var cluster = new Cluster(QuickDiskGroup::new, Cluster.WITHOUT_GLOBAL)) {
            var key = Cluster.key("hot", seed);
            Runnable increments = () -> {
                for (int i = 0; i < 200; i++) {
                    cluster.update(key, Cluster.increment("instant"), null);
                }
            };
            Cluster.together(IntStream.range(0, 64).mapToObj(_ -> increments).toList());
            assertThat(Objects.requireNonNull(cluster.get(key)).get("instant")).isEqualTo(AttributeValue.of(12_800));
        }
    }
}
