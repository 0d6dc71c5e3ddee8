package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random SELECTs against all items looked at in plain Java: whatever the planner makes of WHERE, over however many pages,
 * the items are those that meet it, each once.
 */
class StatementPropertyTest {
    private static final int ITEMS = 60;
    private static final int STATEMENTS = 150;
    private static final List<String> SOURCES = List.of("rich", "rich.byTime", "rich.byNote", "rich.byKind");

    static Stream<Arguments> worlds() {
        return Stream.of(Arguments.of(1, 1), Arguments.of(1, 2), Arguments.of(3, 3), Arguments.of(3, 4));
    }

    /** A condition as text and what it means. */
    private record Meant(String text, Predicate<Item> meaning) {}

    @ParameterizedTest(name = "{0} partitions, seed {1}")
    @MethodSource("worlds")
    void selectsWhatMeetsWhere(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var partiql = new Partiql(world);
            var items = fill(world, random);
            int refused = 0;
            int byKey = 0;
            for (int i = 0; i < STATEMENTS; i++) {
                var source = SOURCES.get(random.nextInt(SOURCES.size()));
                var generator = new Generator(random);
                var where = generator.condition(3);
                var text = "SELECT * FROM " + source + " WHERE " + where.text();
                var input = Partiql.input(text, generator.parameters.toArray());
                if (random.nextBoolean()) {
                    input.limit(1 + random.nextInt(7));
                }
                List<Item> found;
                try {
                    found = partiql.all(input);
                } catch (DynamoException refusal) {
                    assertThat(refusal)
                            .as("seed %d: %s", seed, text)
                            .hasMessageMatching(
                                    "Overlapping conditions with range keys.*|.*does not project one or more filter attributes.*");
                    refused++;
                    continue;
                }
                var plan = partiql.plan(text, generator.parameters.toArray());
                byKey += plan.startsWith("Scan") ? 0 : 1;
                var expected = items.stream()
                        .filter(item -> isIn(source, item))
                        .map(item -> entry(source, item))
                        .filter(where.meaning())
                        .toList();
                assertThat(found)
                        .as("seed %d: %s %s, plan %s", seed, text, generator.parameters, plan)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(refused).as("seed %d: statements that are refused", seed).isLessThan(STATEMENTS / 2);
            assertThat(byKey)
                    .as("seed %d: statements that look under keys", seed)
                    .isGreaterThan(STATEMENTS / 5);
        }
    }

    @ParameterizedTest(name = "{0} partitions, seed {1}")
    @MethodSource("worlds")
    void orderIsThatOfTheKeys(int partitions, int seed) {
        var random = new Random(seed);
        try (var world = new World(partitions)) {
            var partiql = new Partiql(world);
            var items = fill(world, random);
            for (int i = 0; i < 30; i++) {
                boolean idsDescend = random.nextBoolean();
                boolean sortsDescend = random.nextBoolean();
                int low = random.nextInt(-30, 30);
                var text = "SELECT * FROM rich WHERE id IN ['id3', 'id0', 'id4'] AND sort >= " + low + " ORDER BY id"
                        + (idsDescend ? " DESC" : "") + ", sort" + (sortsDescend ? " DESC" : " ASC");
                var byId = Comparator.<Item, String>comparing(
                        item -> Objects.requireNonNull(item.get("id")).toString());
                var bySort = Comparator.comparing(Tables::sort);
                var expected = items.stream()
                        .filter(item -> List.of("id3", "id0", "id4").stream().anyMatch(id -> Tables.is(item, "id", id)))
                        .filter(item -> Tables.sort(item) >= low)
                        .sorted((idsDescend ? byId.reversed() : byId)
                                .thenComparing(sortsDescend ? bySort.reversed() : bySort))
                        .toList();
                assertThat(partiql.all(Partiql.input(text)))
                        .as("seed %d: %s", seed, text)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<Item> fill(World world, Random random) {
        var items = new LinkedHashMap<Map.Entry<Integer, Integer>, Item>();
        for (int i = 0; i < ITEMS; i++) {
            int id = random.nextInt(5);
            int sort = random.nextInt(-8, 8);
            var pairs = new ArrayList<Object>(List.of("id", "id" + id, "sort", sort));
            addSome(pairs, random, "time", random.nextInt(6));
            addSome(pairs, random, "note", "n" + random.nextInt(4));
            addSome(pairs, random, "kind", "k" + random.nextInt(3));
            addSome(pairs, random, "x", random.nextInt(4));
            items.put(Map.entry(id, sort), Tables.item(pairs.toArray()));
        }
        items.values().forEach(item -> world.call("PutItem", "{'TableName':'rich','Item':" + Wire.json(item) + "}"));
        world.awaitIndexes();
        return List.copyOf(items.values());
    }

    private static void addSome(List<Object> pairs, Random random, String name, Object value) {
        if (random.nextInt(4) > 0) {
            pairs.addAll(List.of(name, value));
        }
    }

    private static boolean isIn(String source, Item item) {
        return switch (source) {
            case "rich.byTime" -> item.contains("time");
            case "rich.byNote" -> item.contains("note");
            case "rich.byKind" -> item.contains("kind");
            default -> true;
        };
    }

    /** What the source has of the item. */
    private static Item entry(String source, Item item) {
        return source.equals("rich.byTime") ? item.only(Set.of("id", "sort", "time")) : item;
    }

    /** Conditions on keys, attributes of indexes and others, by equality more often than not. */
    private static final class Generator {
        private final Random random;
        final List<Object> parameters = new ArrayList<>();

        Generator(Random random) {
            this.random = random;
        }

        Meant condition(int depth) {
            return switch (depth == 0 ? 3 : random.nextInt(6)) {
                case 0 -> {
                    var left = condition(depth - 1);
                    var right = condition(depth - 1);
                    yield new Meant("(" + left.text + " OR " + right.text + ")", left.meaning.or(right.meaning));
                }
                case 1, 2 -> {
                    var left = condition(depth - 1);
                    var right = condition(depth - 1);
                    yield new Meant("(" + left.text + " AND " + right.text + ")", left.meaning.and(right.meaning));
                }
                case 4 -> {
                    if (random.nextBoolean()) {
                        yield test();
                    }
                    var negated = condition(depth - 1);
                    yield new Meant("NOT " + negated.text, negated.meaning.negate());
                }
                default -> test();
            };
        }

        private Meant test() {
            return switch (random.nextInt(6)) {
                case 0, 1, 2 -> equality("id", "id" + random.nextInt(5));
                case 3 -> number("sort", random.nextInt(-8, 8));
                case 4 -> random.nextBoolean() ? number("time", random.nextInt(6)) : number("x", random.nextInt(4));
                default -> text();
            };
        }

        private Meant text() {
            return switch (random.nextInt(5)) {
                case 0 -> equality("note", "n" + random.nextInt(4));
                case 1 -> equality("kind", "k" + random.nextInt(3));
                case 2 -> in();
                case 3 -> new Meant("begins_with(note, 'n')", item -> item.contains("note"));
                default -> new Meant("x IS MISSING", item -> !item.contains("x"));
            };
        }

        private Meant equality(String name, String value) {
            return new Meant(name + " = " + literal(value), item -> Tables.is(item, name, value));
        }

        private Meant in() {
            int first = random.nextInt(5);
            int second = random.nextInt(5);
            return new Meant(
                    "id IN [" + literal("id" + first) + ", " + literal("id" + second) + "]",
                    item -> Tables.is(item, "id", "id" + first) || Tables.is(item, "id", "id" + second));
        }

        private String literal(Object value) {
            if (random.nextInt(3) == 0) {
                parameters.add(value);
                return "?";
            }
            return value instanceof String ? "'" + value + "'" : value.toString();
        }

        private Meant number(String name, int value) {
            int other = value + random.nextInt(4);
            return switch (random.nextInt(7)) {
                case 0 -> compared(name, "<", value, number -> number != null && number < value);
                case 1 -> compared(name, "<=", value, number -> number != null && number <= value);
                case 2 -> compared(name, ">", value, number -> number != null && number > value);
                case 3 -> compared(name, ">=", value, number -> number != null && number >= value);
                case 4 -> compared(name, "<>", value, number -> number == null || number != value);
                case 5 ->
                    new Meant("\"" + name + "\" BETWEEN " + literal(value) + " AND " + literal(other), item -> {
                        var number = value(item, name);
                        return number != null && number >= value && number <= other;
                    });
                default -> compared(name, "=", value, number -> number != null && number == value);
            };
        }

        private Meant compared(String name, String operator, int value, Predicate<@Nullable Long> meaning) {
            return new Meant(
                    "\"" + name + "\" " + operator + " " + literal(value), item -> meaning.test(value(item, name)));
        }

        private static @Nullable Long value(Item item, String name) {
            return item.get(name) instanceof AttributeValue.N(var number) ? Long.valueOf(number.toString()) : null;
        }
    }
}
