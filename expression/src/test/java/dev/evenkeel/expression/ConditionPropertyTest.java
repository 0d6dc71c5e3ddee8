package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random conditions are printed, parsed, bound and evaluated; an evaluator made of plain Java closures says what is right. */
class ConditionPropertyTest {
    private static final int CONDITIONS = 1000;
    private static final int ITEMS_EACH = 5;

    /** A printed expression and what it means. */
    record Meant<T extends @Nullable Object>(String text, Function<Map<String, AttributeValue>, T> meaning) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithTheObviousEvaluator(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < CONDITIONS; i++) {
            var generator = new Generator(random);
            var condition = generator.condition(3);
            var bound = Expressions.condition(
                    ExpressionKind.FILTER,
                    condition.text,
                    new Placeholders(nullIfEmpty(generator.names), nullIfEmpty(generator.values)));
            for (int j = 0; j < ITEMS_EACH; j++) {
                var item = TestValues.attributes(random);
                assertThat(bound.matches(Item.of(item)))
                        .as("seed %d, condition %s, values %s, item %s", seed, condition.text, generator.values, item)
                        .isEqualTo(condition.meaning.apply(item));
            }
        }
    }

    static <V> @Nullable Map<String, V> nullIfEmpty(Map<String, V> map) {
        return map.isEmpty() ? null : map;
    }

    static final class Generator {
        final Map<String, String> names = new LinkedHashMap<>();
        final Map<String, AttributeValue> values = new LinkedHashMap<>();
        private final Random random;

        Generator(Random random) {
            this.random = random;
        }

        Meant<Boolean> condition(int depth) {
            var plain = or(depth);
            return random.nextInt(4) > 0 || isInParentheses(plain.text)
                    ? plain
                    : new Meant<>("(" + plain.text + ")", plain.meaning);
        }

        private Meant<Boolean> or(int depth) {
            return joined(" or ", random.nextInt(3) == 0 ? 2 : 1, () -> and(depth), false);
        }

        private Meant<Boolean> and(int depth) {
            return joined(" AND ", random.nextInt(3) == 0 ? 3 : 1, () -> not(depth), true);
        }

        private Meant<Boolean> joined(String word, int count, Supplier<Meant<Boolean>> part, boolean all) {
            var text = new ArrayList<String>();
            var meanings = new ArrayList<Function<Map<String, AttributeValue>, Boolean>>();
            for (int i = 0; i < count; i++) {
                var next = part.get();
                text.add(next.text);
                meanings.add(next.meaning);
            }
            return new Meant<>(
                    String.join(word, text),
                    item -> all
                            ? meanings.stream().allMatch(meaning -> meaning.apply(item))
                            : meanings.stream().anyMatch(meaning -> meaning.apply(item)));
        }

        private Meant<Boolean> not(int depth) {
            if (random.nextInt(4) > 0) {
                return atom(depth);
            }
            var inner = atom(depth);
            return new Meant<>("NOT " + inner.text, item -> !inner.meaning.apply(item));
        }

        private Meant<Boolean> atom(int depth) {
            if (depth > 0 && random.nextInt(3) == 0) {
                var inner = or(depth - 1);
                if (!isInParentheses(inner.text)) {
                    return new Meant<>("(" + inner.text + ")", inner.meaning);
                }
            }
            return switch (random.nextInt(8)) {
                case 0, 1, 2 -> comparison();
                case 3 -> between();
                case 4 -> in();
                case 5 -> existence();
                case 6 -> typeOf();
                default -> partOf();
            };
        }

        /** Whether the first parenthesis closes at the end. */
        private static boolean isInParentheses(String text) {
            int depth = 0;
            for (int i = 0; i < text.length(); i++) {
                depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
                if (depth == 0) {
                    return i > 0 && i == text.length() - 1 && text.charAt(0) == '(';
                }
            }
            return false;
        }

        private Meant<Boolean> comparison() {
            var operator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
            boolean ordered = !operator.equals("=") && !operator.equals("<>");
            var left = operand(ordered);
            var right = operandOtherThan(left, ordered);
            return new Meant<>(
                    left.text + " " + operator + " " + right.text,
                    item -> compare(operator, left.meaning.apply(item), right.meaning.apply(item)));
        }

        private Meant<Boolean> between() {
            var value = operand(true);
            var low = operandOtherThan(value, true);
            var high = path(); // two constants in the wrong order would be refused
            while (high.text.equals(value.text)) {
                high = path();
            }
            var top = high;
            return new Meant<>(
                    value.text + " between " + low.text + " and " + top.text,
                    item -> compare(">=", value.meaning.apply(item), low.meaning.apply(item))
                            && compare("<=", value.meaning.apply(item), top.meaning.apply(item)));
        }

        private Meant<Boolean> in() {
            var value = operand(false);
            var first = operandOtherThan(value, false);
            var second = operandOtherThan(value, false);
            return new Meant<>(
                    value.text + " IN (" + first.text + ", " + second.text + ")",
                    item -> compare("=", value.meaning.apply(item), first.meaning.apply(item))
                            || compare("=", value.meaning.apply(item), second.meaning.apply(item)));
        }

        private Meant<Boolean> existence() {
            var path = path();
            return random.nextBoolean()
                    ? new Meant<>("attribute_exists(" + path.text + ")", item -> path.meaning.apply(item) != null)
                    : new Meant<>("attribute_not_exists(" + path.text + ")", item -> path.meaning.apply(item) == null);
        }

        private Meant<Boolean> typeOf() {
            var path = path();
            var type = TestValues.oneOf(random, List.of(AttributeType.values()));
            var name = placeholder(Given.s(type.name()));
            return new Meant<>("attribute_type(" + path.text + ", " + name + ")", item -> {
                var value = path.meaning.apply(item);
                return value != null && value.type() == type;
            });
        }

        private Meant<Boolean> partOf() {
            var path = path();
            if (random.nextBoolean()) {
                var prefix = TestValues.string(random);
                return new Meant<>(
                        "begins_with(" + path.text + ", " + placeholder(Given.s(prefix)) + ")",
                        item -> path.meaning.apply(item) instanceof AttributeValue.S(var text)
                                && text.startsWith(prefix));
            }
            var part = TestValues.value(random, 0);
            return new Meant<>(
                    "contains(" + path.text + ", " + placeholder(part) + ")",
                    item -> contains(path.meaning.apply(item), part));
        }

        private Meant<@Nullable AttributeValue> operandOtherThan(Meant<?> other, boolean ordered) {
            var operand = operand(ordered);
            while (operand.text.equals(other.text)) {
                operand = operand(ordered);
            }
            return operand;
        }

        private Meant<@Nullable AttributeValue> operand(boolean ordered) {
            return switch (random.nextInt(4)) {
                case 0, 1 -> path();
                case 2 -> {
                    var value = TestValues.value(random, 1);
                    while (ordered && !value.type().isScalarKey()) {
                        value = TestValues.value(random, 0);
                    }
                    var constant = value;
                    yield new Meant<>(placeholder(constant), _ -> constant);
                }
                default -> {
                    var path = path();
                    yield new Meant<>("size(" + path.text + ")", item -> sizeOf(path.meaning.apply(item)));
                }
            };
        }

        /** Placeholders stand only where a comparison with the plain name could not be mistaken for another path. */
        private Meant<@Nullable AttributeValue> path() {
            var name = TestValues.oneOf(random, TestValues.NAMES);
            return switch (random.nextInt(4)) {
                case 0 -> {
                    var field = TestValues.oneOf(random, TestValues.NAMES);
                    names.put("#" + field, field);
                    yield new Meant<>(
                            name + ".#" + field,
                            item -> item.get(name) instanceof AttributeValue.M(var fields) ? fields.get(field) : null);
                }
                case 1 -> {
                    int index = random.nextInt(3);
                    yield new Meant<>(
                            name + "[" + index + "]",
                            item -> item.get(name) instanceof AttributeValue.L(var elements) && index < elements.size()
                                    ? elements.get(index)
                                    : null);
                }
                default -> new Meant<>(name, item -> item.get(name));
            };
        }

        private String placeholder(AttributeValue value) {
            var name = ":v" + values.size();
            values.put(name, value);
            return name;
        }
    }

    private static boolean compare(String operator, @Nullable AttributeValue left, @Nullable AttributeValue right) {
        if (operator.equals("=") || operator.equals("<>")) {
            return operator.equals("=") == (left != null && left.equals(right));
        }
        if (left == null || right == null || left.type() != right.type()) {
            return false;
        }
        Integer order = switch (left) {
            case AttributeValue.S(var text) ->
                Arrays.compareUnsigned(
                        text.getBytes(StandardCharsets.UTF_8),
                        ((AttributeValue.S) right).value().getBytes(StandardCharsets.UTF_8));
            case AttributeValue.N(var number) ->
                new BigDecimal(number.toString())
                        .compareTo(new BigDecimal(
                                ((AttributeValue.N) right).value().toString()));
            case AttributeValue.B(var bytes) ->
                Arrays.compareUnsigned(
                        bytes.array(), ((AttributeValue.B) right).value().array());
            default -> null;
        };
        return order != null
                && switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
    }

    private static boolean contains(@Nullable AttributeValue container, AttributeValue part) {
        return switch (container) {
            case AttributeValue.S(var text) -> part instanceof AttributeValue.S(var piece) && text.contains(piece);
            case AttributeValue.B(var bytes) ->
                part instanceof AttributeValue.B(var piece) && bytes.toString().contains(piece.toString());
            case AttributeValue.SS(var members) ->
                part instanceof AttributeValue.S(var member) && members.contains(member);
            case AttributeValue.NS(var members) ->
                part instanceof AttributeValue.N(var member) && members.contains(member);
            case AttributeValue.BS(var members) ->
                part instanceof AttributeValue.B(var member) && members.contains(member);
            case AttributeValue.L(var elements) -> elements.contains(part);
            case null, default -> false;
        };
    }

    private static @Nullable AttributeValue sizeOf(@Nullable AttributeValue value) {
        return switch (value) {
            case AttributeValue.S(var text) -> Given.n(text.length());
            case AttributeValue.B(var bytes) -> Given.n(bytes.length());
            case AttributeValue.SS(var members) -> Given.n(members.size());
            case AttributeValue.NS(var members) -> Given.n(members.size());
            case AttributeValue.BS(var members) -> Given.n(members.size());
            case AttributeValue.L(var elements) -> Given.n(elements.size());
            case AttributeValue.M(var fields) -> Given.n(fields.size());
            case null, default -> null;
        };
    }
}
