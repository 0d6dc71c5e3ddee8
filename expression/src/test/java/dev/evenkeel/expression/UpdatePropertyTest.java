package dev.evenkeel.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random SET and REMOVE of attributes, fields and elements, against the same done by hand on mutable collections. */
class UpdatePropertyTest {
    private static final int UPDATES = 2000;

    /**
     * @param field of a map, empty when it is none
     * @param index of a list, negative when it is none
     */
    private record Target(String name, String field, int index) {
        String text() {
            return index >= 0 ? name + "[" + index + "]" : field.isEmpty() ? name : name + "." + field;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void agreesWithChangingCollections(long seed) {
        var random = new Random(seed);
        int applied = 0;
        for (int i = 0; i < UPDATES; i++) {
            var item = TestValues.attributes(random);
            var sets = new LinkedHashMap<Target, AttributeValue>();
            var removes = new ArrayList<Target>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                var target = target(random);
                if (sets.keySet().stream().noneMatch(other -> clash(other, target))
                        && removes.stream().noneMatch(other -> clash(other, target))) {
                    if (random.nextInt(3) > 0) {
                        sets.put(target, TestValues.value(random, 1));
                    } else {
                        removes.add(target);
                    }
                }
            }
            applied += check(seed, item, sets, removes) ? 1 : 0;
        }
        assertThat(applied).isBetween(UPDATES / 10, UPDATES - UPDATES / 10);
    }

    private static Target target(Random random) {
        var name = TestValues.oneOf(random, TestValues.NAMES);
        return switch (random.nextInt(3)) {
            case 0 -> new Target(name, "", -1);
            case 1 -> new Target(name, TestValues.oneOf(random, TestValues.NAMES), -1);
            default -> new Target(name, "", random.nextInt(6));
        };
    }

    private static boolean clash(Target one, Target other) {
        boolean bothFields = !one.field.isEmpty() && !other.field.isEmpty();
        boolean bothElements = one.index >= 0 && other.index >= 0;
        return one.name.equals(other.name) && (one.equals(other) || !(bothFields || bothElements));
    }

    private static boolean check(
            long seed, Map<String, AttributeValue> item, Map<Target, AttributeValue> sets, List<Target> removes) {
        var values = new LinkedHashMap<String, AttributeValue>();
        var setTexts = new ArrayList<String>();
        sets.forEach((target, value) -> {
            setTexts.add(target.text() + " = :v" + values.size());
            values.put(":v" + values.size(), value);
        });
        var text = (sets.isEmpty() ? "" : "SET " + String.join(", ", setTexts))
                + (removes.isEmpty()
                        ? ""
                        : " REMOVE "
                                + String.join(
                                        ", ", removes.stream().map(Target::text).toList()));
        var update = Expressions.update(text, new Placeholders(null, values.isEmpty() ? null : values));
        var all = new ArrayList<>(sets.keySet());
        all.addAll(removes);
        var where = "seed " + seed + ", update " + text + ", values " + values + ", item " + item;
        if (all.stream().anyMatch(target -> !isWritable(target, item))) {
            assertThat(Given.refusal(() -> update.apply(Item.of(item))))
                    .as(where)
                    .isEqualTo("The document path provided in the update expression is invalid for update");
            return false;
        }
        var result = update.apply(Item.of(item));
        var expected = byHand(item, sets, removes);
        assertThat(result.item()).as(where).isEqualTo(Item.of(expected));
        assertThat(result.updatedOld()).as(where).isEqualTo(parts(item, all));
        assertThat(result.updatedNew()).as(where).isEqualTo(parts(expected, all));
        return true;
    }

    private static boolean isWritable(Target target, Map<String, AttributeValue> item) {
        var parent = item.get(target.name);
        return target.index >= 0
                ? parent instanceof AttributeValue.L
                : target.field.isEmpty() || parent instanceof AttributeValue.M;
    }

    private static Map<String, AttributeValue> byHand(
            Map<String, AttributeValue> item, Map<Target, AttributeValue> sets, List<Target> removes) {
        var result = new LinkedHashMap<>(item);
        var beyond = new TreeMap<Integer, Map<String, AttributeValue>>();
        sets.forEach((target, value) -> {
            if (target.index < 0) {
                change(result, target, value);
            } else if (result.get(target.name) instanceof AttributeValue.L(var elements)
                    && target.index < elements.size()) {
                var changed = new ArrayList<>(elements);
                changed.set(target.index, value);
                result.put(target.name, new AttributeValue.L(changed));
            } else {
                beyond.computeIfAbsent(target.index, _ -> new LinkedHashMap<>()).put(target.name, value);
            }
        });
        removes.stream()
                .sorted(Comparator.comparingInt((Target target) -> -target.index))
                .forEach(target -> {
                    if (target.index < 0) {
                        change(result, target, null);
                    } else if (result.get(target.name) instanceof AttributeValue.L(var elements)
                            && target.index < elements.size()) {
                        var changed = new ArrayList<>(elements);
                        changed.remove(target.index);
                        result.put(target.name, new AttributeValue.L(changed));
                    }
                });
        beyond.values()
                .forEach(byName -> byName.forEach((name, value) -> {
                    var changed =
                            new ArrayList<>(((AttributeValue.L) Objects.requireNonNull(result.get(name))).value());
                    changed.add(value);
                    result.put(name, new AttributeValue.L(changed));
                }));
        return result;
    }

    private static void change(Map<String, AttributeValue> item, Target target, @Nullable AttributeValue value) {
        if (target.field.isEmpty()) {
            putOrRemove(item, target.name, value);
        } else {
            var fields =
                    new LinkedHashMap<>(((AttributeValue.M) Objects.requireNonNull(item.get(target.name))).value());
            putOrRemove(fields, target.field, value);
            item.put(target.name, new AttributeValue.M(fields));
        }
    }

    private static void putOrRemove(Map<String, AttributeValue> map, String name, @Nullable AttributeValue value) {
        if (value == null) {
            map.remove(name);
        } else {
            map.put(name, value);
        }
    }

    private static Item parts(Map<String, AttributeValue> item, List<Target> targets) {
        var parts = new LinkedHashMap<String, AttributeValue>();
        var fields = new LinkedHashMap<String, Map<String, AttributeValue>>();
        var elements = new LinkedHashMap<String, TreeMap<Integer, AttributeValue>>();
        for (var target : targets) {
            switch (item.get(target.name)) {
                case AttributeValue.M(var map)
                when map.containsKey(target.field) ->
                    fields.computeIfAbsent(target.name, _ -> new LinkedHashMap<>())
                            .put(target.field, map.get(target.field));
                case AttributeValue.L(var list)
                when target.index >= 0 && target.index < list.size() ->
                    elements.computeIfAbsent(target.name, _ -> new TreeMap<>())
                            .put(target.index, list.get(target.index));
                case AttributeValue whole
                when target.field.isEmpty() && target.index < 0 -> parts.put(target.name, whole);
                case null, default -> {}
            }
        }
        fields.forEach((name, map) -> parts.put(name, new AttributeValue.M(map)));
        elements.forEach((name, list) -> parts.put(name, new AttributeValue.L(List.copyOf(list.values()))));
        return Item.of(parts);
    }
}
