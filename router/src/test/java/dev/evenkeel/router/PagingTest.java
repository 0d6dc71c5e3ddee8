package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.QueryOutput;
import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** However a read is cut into pages and the table into partitions, the same items come in the same order. */
@NullUnmarked // an answer that lacks something fails the test by itself
class PagingTest {
    private static final int ITEMS = 120;
    private static final List<String> COLOURS = List.of("red", "green", "blue");
    private static final List<String> KINDS = List.of("a", "b");

    static Stream<Arguments> worlds() {
        return Stream.of(1, 2, 7).flatMap(partitions -> Stream.of(1, 2, 3).map(seed -> Arguments.of(partitions, seed)));
    }

    private static List<Item> fill(World world, Random random) {
        var items = new ArrayList<Item>();
        for (int i = 0; i < ITEMS; i++) {
            var item = randomItem(random);
            items.removeIf(old ->
                    old.get("id").equals(item.get("id")) && old.get("sort").equals(item.get("sort")));
            items.add(item);
            world.call("PutItem", "{'TableName':'rich','Item':" + Wire.json(item) + "}");
        }
        world.awaitIndexes();
        return items;
    }

    private static Item randomItem(Random random) {
        var pairs = new ArrayList<Object>(List.of(
                "id", "id" + random.nextInt(5), "sort", random.nextInt(-30, 30), "text", "x" + random.nextInt()));
        if (random.nextInt(4) > 0) {
            pairs.addAll(List.of("time", random.nextInt(6)));
        }
        if (random.nextInt(4) > 0) {
            pairs.addAll(List.of("note", "n" + random.nextInt(6)));
        }
        if (random.nextInt(4) > 0) {
            pairs.addAll(List.of("colour", COLOURS.get(random.nextInt(COLOURS.size()))));
        }
        if (random.nextInt(4) > 0) {
            pairs.addAll(List.of("kind", KINDS.get(random.nextInt(KINDS.size()))));
        }
        return Tables.item(pairs.toArray());
    }

    private static List<Item> query(World world, String request, Random random) {
        return pages(
                startKey ->
                        world.<QueryOutput>call("Query", "{'TableName':'rich'," + request + limit(random) + startKey),
                QueryOutput::items,
                QueryOutput::lastEvaluatedKey);
    }

    private static List<Item> scan(World world, String request, Random random) {
        return pages(
                startKey -> world.<ScanOutput>call("Scan", "{'TableName':'rich'" + request + limit(random) + startKey),
                ScanOutput::items,
                ScanOutput::lastEvaluatedKey);
    }

    private static String limit(Random random) {
        int limit = random.nextInt(9);
        return limit == 0 ? "" : ",'Limit':" + limit;
    }

    private static <O> List<Item> pages(
            Function<String, O> call, Function<O, List<Item>> items, Function<O, Item> lastKey) {
        var all = new ArrayList<Item>();
        var startKey = "}";
        while (true) {
            var page = call.apply(startKey);
            all.addAll(items.apply(page));
            var last = lastKey.apply(page);
            if (last == null) {
                return all;
            }
            startKey = ",'ExclusiveStartKey':" + Wire.json(last) + "}";
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void queriesOfTheTable(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var items = fill(world, random);
            var ascending = Comparator.comparing(Tables::sort);
            for (int i = 0; i < 5; i++) {
                var id = "id" + i;
                var key = "'KeyConditionExpression':'id = :id','ExpressionAttributeValues':{':id':{'S':'" + id + "'}}";
                var expected = items.stream()
                        .filter(item -> Tables.is(item, "id", id))
                        .sorted(ascending)
                        .toList();
                assertThat(query(world, key, random)).isEqualTo(expected);
                assertThat(query(world, key + ",'ScanIndexForward':false", random))
                        .isEqualTo(expected.reversed());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void queriesWithEveryComparisonOfTheSortKey(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var items = fill(world, random);
            for (int round = 0; round < 30; round++) {
                long low = random.nextInt(-32, 32);
                long high = low + random.nextInt(20);
                var id = "id" + random.nextInt(5);
                var comparison = Comparisons.any(random);
                var key = "'KeyConditionExpression':'id = :id and " + comparison.text()
                        + "','ExpressionAttributeValues':{':id':{'S':'" + id + "'},':low':{'N':'" + low + "'}"
                        + (comparison.isBetween() ? ",':high':{'N':'" + high + "'}" : "") + "}";
                var expected = items.stream()
                        .filter(item -> Tables.is(item, "id", id))
                        .filter(item -> comparison.holds(Tables.sort(item), low, high))
                        .sorted(Comparator.comparing(Tables::sort))
                        .toList();
                assertThat(query(world, key, random)).as(key).isEqualTo(expected);
                assertThat(query(world, key + ",'ScanIndexForward':false", random))
                        .as(key)
                        .isEqualTo(expected.reversed());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void queriesOfIndexes(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var items = fill(world, random);
            var queries = List.of(
                    new IndexQuery("byNote", "id", List.of("id0", "id1", "id2"), "note"),
                    new IndexQuery("byKind", "kind", KINDS, null));
            for (var query : queries) {
                for (var value : query.values()) {
                    var key = "'IndexName':'" + query.index() + "','KeyConditionExpression':'" + query.attribute()
                            + " = :v','ExpressionAttributeValues':{':v':{'S':'" + value + "'}}";
                    var expected = items.stream()
                            .filter(item -> Tables.is(item, query.attribute(), value))
                            .filter(item -> query.sortedBy() == null || item.contains(query.sortedBy()))
                            .toList();
                    var forward = query(world, key, random);
                    assertThat(forward).containsExactlyInAnyOrderElementsOf(expected);
                    assertThat(query(world, key + ",'ScanIndexForward':false", random))
                            .isEqualTo(forward.reversed());
                    if (query.sortedBy() != null) {
                        assertThat(forward)
                                .isSortedAccordingTo(Comparator.comparing(
                                        item -> ((AttributeValue.S) item.get(query.sortedBy())).value()));
                    }
                }
            }
        }
    }

    private record IndexQuery(String index, String attribute, List<String> values, String sortedBy) {}

    @ParameterizedTest
    @MethodSource("worlds")
    void queriesOfAGlobalIndexThatCarriesSomeAttributes(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var items = fill(world, random);
            for (var colour : COLOURS) {
                var key = "'IndexName':'byColour','KeyConditionExpression':'colour = :v and sort >= :s',"
                        + "'ExpressionAttributeValues':{':v':{'S':'" + colour + "'},':s':{'N':'-5'}}";
                var expected = items.stream()
                        .filter(item -> Tables.is(item, "colour", colour) && Tables.sort(item) >= -5)
                        .map(item -> item.only(Set.of("id", "sort", "colour", "note")))
                        .toList();
                var forward = query(world, key, random);
                assertThat(forward).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(forward).isSortedAccordingTo(Comparator.comparing(Tables::sort));
                assertThat(query(world, key + ",'ScanIndexForward':false", random))
                        .isEqualTo(forward.reversed());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void scans(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions);
                var single = new World(1)) {
            var items = fill(world, random);
            fill(single, new Random(seed));
            for (var index : List.of("", ",'IndexName':'byTime'", ",'IndexName':'byColour'", ",'IndexName':'byKind'")) {
                var whole = single.<ScanOutput>call("Scan", "{'TableName':'rich'" + index + "}")
                        .items();
                assertThat(scan(world, index, random)).as(index).isEqualTo(whole);
            }
            assertThat(scan(world, "", random)).containsExactlyInAnyOrderElementsOf(items);
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void segmentsDivideTheTable(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var items = fill(world, random);
            for (int total : new int[] {1, 2, 3, 8, 50}) {
                var all = new ArrayList<Item>();
                for (int segment = 0; segment < total; segment++) {
                    all.addAll(scan(world, ",'TotalSegments':" + total + ",'Segment':" + segment, random));
                }
                assertThat(all).containsExactlyInAnyOrderElementsOf(items);
                assertThat(all).isEqualTo(scan(world, "", random)); // the segments are ranges of the one order
            }
        }
    }
}
