package dev.evenkeel.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void keepsEveryAttributeWhateverTheOrder(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            var attributes = RandomValues.attributes(random, 12);
            var item = Item.of(attributes);
            assertThat(item.toMap()).isEqualTo(attributes);
            assertThat(Item.of(shuffled(attributes, random))).isEqualTo(item);
            assertThat(item.sizeBytes()).isEqualTo(sizeByDefinition(attributes));
            attributes.forEach((name, value) -> {
                assertThat(item.get(name)).isEqualTo(value);
                assertThat(item.typeOf(name)).isEqualTo(value.type());
            });
            assertThat(item.get("\uFFFF no such name")).isNull();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.model.Seeds#hundred")
    void changesLikeAMap(long seed) {
        var random = new Random(seed);
        var attributes = RandomValues.attributes(random, 12);
        var changes = new HashMap<String, AttributeValue>(RandomValues.attributes(random, 6));
        attributes.keySet().stream().filter(_ -> random.nextBoolean()).forEach(name -> changes.put(name, null));
        var expected = new HashMap<>(attributes);
        changes.forEach((name, value) -> {
            if (value == null) {
                expected.remove(name);
            } else {
                expected.put(name, value);
            }
        });
        assertThat(Item.of(attributes).with(changes)).isEqualTo(Item.of(expected));
        var kept =
                attributes.keySet().stream().filter(_ -> random.nextBoolean()).toList();
        var only = new HashMap<>(attributes);
        only.keySet().retainAll(kept);
        assertThat(Item.of(attributes).only(java.util.Set.copyOf(kept))).isEqualTo(Item.of(only));
    }

    @Test
    void aNameGivenTwiceKeepsTheLaterValueAndTells() {
        var builder = new ItemBuilder();
        builder.name("b").string("first").name("a").bool(true).name("b").string("second");
        var item = builder.build();
        assertThat(builder.duplicateName()).isEqualTo("b");
        assertThat(item.toMap())
                .containsExactly(Map.entry("a", AttributeValue.Bool.TRUE), Map.entry("b", AttributeValue.of("second")));
        assertThat(item.attributeCount()).isEqualTo(2);
        builder.put("c", AttributeValue.of(1)).build();
        assertThat(builder.duplicateName()).isNull();
    }

    @Test
    void findsEveryNameOfAWideItem() {
        var attributes = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < 1_000; i += 2) {
            attributes.put("n" + i, AttributeValue.of(i));
        }
        var item = Item.of(attributes);
        for (int i = 0; i < 1_000; i++) {
            assertThat(item.get("n" + i)).isEqualTo(attributes.get("n" + i));
        }
    }

    @Test
    void setsAreSortedAndDistinct() {
        var item = Item.of(Map.of("s", new AttributeValue.SS(List.of("b", "a", "b"))));
        assertThat(item.get("s")).isEqualTo(new AttributeValue.SS(List.of("a", "b")));
    }

    private static Map<String, AttributeValue> shuffled(Map<String, AttributeValue> attributes, Random random) {
        var names = new ArrayList<>(attributes.keySet());
        Collections.shuffle(names, random);
        var shuffled = new LinkedHashMap<String, AttributeValue>();
        names.forEach(name -> shuffled.put(name, attributes.get(name)));
        return shuffled;
    }

    private static int sizeByDefinition(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToInt(entry -> entry.getKey().getBytes(java.nio.charset.StandardCharsets.UTF_8).length
                        + entry.getValue().sizeBytes())
                .sum();
    }
}
