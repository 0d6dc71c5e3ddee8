package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that went through bytes are the same expressions: same source, same result for random items. */
class ExpressionCodecTest {
    private static final int EXPRESSIONS = 500;
    private static final int ITEMS_EACH = 5;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void conditionsTravel(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            var generator = new ConditionPropertyTest.Generator(random);
            var text = generator.condition(3).text();
            var kind = random.nextBoolean() ? ExpressionKind.CONDITION : ExpressionKind.FILTER;
            checkCondition(
                    seed,
                    random,
                    Expressions.condition(
                            kind,
                            text,
                            new Placeholders(
                                    ConditionPropertyTest.nullIfEmpty(generator.names),
                                    ConditionPropertyTest.nullIfEmpty(generator.values))));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void legacyFiltersAndExpectationsTravel(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            var comparisons = new LinkedHashMap<String, LegacyComparison>();
            var expected = new LinkedHashMap<String, Expected>();
            for (var name : TestValues.NAMES) {
                comparisons.put(name, comparison(random));
                expected.put(name, expected(random));
            }
            var operator = TestValues.oneOf(random, List.of("AND", "OR", ""));
            var joined = operator.isEmpty() ? null : operator;
            checkCondition(seed, random, Legacy.filter(comparisons, joined));
            checkCondition(seed, random, Legacy.expected(expected, joined));
        }
    }

    private static LegacyComparison comparison(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new LegacyComparison("NULL", List.of());
            case 1 -> new LegacyComparison("NE", List.of(TestValues.value(random, 2)));
            case 2 -> new LegacyComparison("BETWEEN", List.of(Given.n(0), Given.n(random.nextInt(3))));
            default -> new LegacyComparison("IN", List.of(Given.s("x"), Given.s(TestValues.string(random))));
        };
    }

    private static Expected expected(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Expected(false, null, null, null);
            case 1 -> new Expected(true, TestValues.value(random, 2), null, null);
            case 2 -> new Expected(null, TestValues.value(random, 2), null, null);
            default -> new Expected(null, null, "NE", List.of(TestValues.value(random, 2)));
        };
    }

    private static void checkCondition(long seed, Random random, Condition condition) {
        var arrived = ExpressionCodec.condition(ExpressionCodec.encode(condition.source()));
        assertThat(arrived.source()).as("seed %d", seed).isEqualTo(condition.source());
        assertThat(arrived.attributeNames()).isEqualTo(condition.attributeNames());
        for (int i = 0; i < ITEMS_EACH; i++) {
            var item = Item.of(TestValues.attributes(random));
            assertThat(arrived.matches(item))
                    .as("seed %d, %s, item %s", seed, condition.source(), item)
                    .isEqualTo(condition.matches(item));
        }
        assertThat(arrived.matches(null)).isEqualTo(condition.matches(null));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void updatesTravel(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < EXPRESSIONS; i++) {
            checkUpdate(seed, random, update(random));
            checkUpdate(seed, random, Legacy.update(legacyUpdates(random)));
        }
    }

    private static Update update(Random random) {
        var values = new LinkedHashMap<String, AttributeValue>();
        values.put(":v", TestValues.value(random, 2));
        var names = Map.of("#n", TestValues.oneOf(random, List.of("b", "size", "ü")));
        return switch (random.nextInt(3)) {
            case 0 -> Expressions.update("SET a = :v REMOVE #n", new Placeholders(names, values));
            case 1 -> Expressions.update("SET #n.c = if_not_exists(d, :v)", new Placeholders(names, values));
            default -> {
                values.put(":v", Given.n(random.nextInt(5)));
                yield Expressions.update("ADD a :v REMOVE #n[0]", new Placeholders(names, values));
            }
        };
    }

    private static Map<String, AttributeUpdate> legacyUpdates(Random random) {
        var updates = new LinkedHashMap<String, AttributeUpdate>();
        for (var name : List.of("d", "b", "a")) {
            updates.put(
                    name,
                    switch (random.nextInt(4)) {
                        case 0 -> new AttributeUpdate("DELETE", null);
                        case 1 -> new AttributeUpdate("DELETE", Given.ss("x"));
                        case 2 -> new AttributeUpdate("ADD", Given.n(random.nextInt(3)));
                        default -> new AttributeUpdate(null, TestValues.value(random, 2));
                    });
        }
        return updates;
    }

    private static void checkUpdate(long seed, Random random, Update update) {
        var arrived = ExpressionCodec.update(ExpressionCodec.encode(update.source()));
        assertThat(arrived.source()).as("seed %d", seed).isEqualTo(update.source());
        assertThat(arrived.actionCostBytes()).isEqualTo(update.actionCostBytes());
        assertThat(arrived.createsItem()).isEqualTo(update.createsItem());
        for (int i = 0; i < ITEMS_EACH; i++) {
            var item = Item.of(TestValues.attributes(random));
            assertThat(result(arrived, item))
                    .as("seed %d, %s, item %s", seed, update.source(), item)
                    .isEqualTo(result(update, item));
        }
    }

    /** What the update makes of the item, or what it is refused with. */
    private static Object result(Update update, Item item) {
        try {
            return update.apply(item);
        } catch (DynamoException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void projectionsTravel() {
        var item = Given.item("a", Given.m("b", Given.n(1), "c", Given.n(2)), "d", Given.n(3));
        for (var projection : List.of(
                Expressions.projection("a.#b", Given.names(Map.of("#b", "b"))),
                Legacy.attributesToGet(new ArrayList<>(List.of("d", "a"))))) {
            var arrived = ExpressionCodec.projection(ExpressionCodec.encode(projection.source()));
            assertThat(arrived.source()).isEqualTo(projection.source());
            assertThat(arrived.project(item)).isEqualTo(projection.project(item));
        }
    }

    @Test
    void orderOfTheRequestIsKept() {
        var updates = new LinkedHashMap<String, AttributeUpdate>();
        List.of("z", "a", "m").forEach(name -> updates.put(name, new AttributeUpdate("DELETE", null)));
        var arrived = (ExpressionSource.Updates)
                ExpressionCodec.decode(ExpressionCodec.encode(new ExpressionSource.Updates(updates)));
        assertThat(arrived.updates().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void aNewerVersionIsRefused() {
        var bytes = ExpressionCodec.encode(new ExpressionSource.Attributes(List.of("a")));
        bytes[0]++;
        assertThatThrownBy(() -> ExpressionCodec.decode(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an expression of version 2, this release reads 1");
    }
}
