package dev.evenkeel.verify.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.verify.gameday.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model itself against facts of the Developer Guide: what it says is the measure for everything else. */
final class ModelFactsTest {
    private static final Value ONE = Value.N.of(1);

    @ParameterizedTest
    @CsvSource({
        "0,1",
        "1,2",
        "-1,3",
        "10,2",
        "99,2",
        "100,2",
        "123,3",
        "0.5,2",
        "1.5,3",
        "12.34,3",
        "0.0000001,2",
        "-12.345,5"
    })
    void sizesOfNumbers(String number, int bytes) {
        assertThat(new Value.N(new BigDecimal(number)).size()).isEqualTo(bytes);
    }

    @Test
    void sizesOfItems() {
        assertThat(Value.itemSize(Map.of("pk", new Value.S("é")))).isEqualTo(4);
        assertThat(new Value.L(List.of(new Value.Bool(true), new Value.S("ab"))).size())
                .isEqualTo(3 + 2 + 1 + 2);
        assertThat(new Value.M(Map.of("a", new Value.Null())).size()).isEqualTo(3 + 1 + 1 + 1);
        assertThat(new Value.SS(Set.of("a", "bcd")).size()).isEqualTo(4);
    }

    @Test
    void comparisonWithAMissingAttributeHoldsOnlyForNotEqual() {
        var missing = new Operand.Attribute(DocumentPath.of("no"));
        var one = new Operand.Literal(ONE);
        for (var operator : List.of("=", "<", "<=", ">", ">=")) {
            assertThat(new Clause.Compare(missing, operator, one).holds(Map.of()))
                    .isFalse();
        }
        assertThat(new Clause.Compare(missing, "<>", one).holds(Map.of())).isTrue();
    }

    @Test
    void typesAreNotConverted() {
        var text = new Clause.Compare(
                new Operand.Attribute(DocumentPath.of("a")), "<", new Operand.Literal(new Value.S("9")));
        assertThat(text.holds(Map.of("a", ONE))).isFalse();
        assertThat(text.holds(Map.of("a", new Value.S("10")))).isTrue();
    }

    @Test
    void updateSeesTheItemAsItWas() {
        var swap = List.<UpdateAction>of(copy("a", "b"), copy("b", "a"));
        assertThat(UpdateAction.apply(swap, Map.of("a", ONE, "b", Value.N.of(2))))
                .isEqualTo(Map.of("a", Value.N.of(2), "b", ONE));
        assertThatThrownBy(() -> UpdateAction.apply(swap, Map.of("a", ONE))).isInstanceOf(ModelException.class);
    }

    private static UpdateAction copy(String target, String source) {
        return new UpdateAction.SetTo(
                DocumentPath.of(target), new UpdateAction.From(new Operand.Attribute(DocumentPath.of(source))));
    }

    @Test
    void removedElementsAreThoseOfTheListAsItWas() {
        var list = new Value.L(List.of(ONE, Value.N.of(2), Value.N.of(3)));
        var remove = List.<UpdateAction>of(
                new UpdateAction.Remove(DocumentPath.of("l", new DocumentPath.Index(0))),
                new UpdateAction.Remove(DocumentPath.of("l", new DocumentPath.Index(1))));
        assertThat(UpdateAction.apply(remove, Map.of("l", list)))
                .isEqualTo(Map.of("l", new Value.L(List.of(Value.N.of(3)))));
    }

    @Test
    void setWithoutMembersIsNoAttribute() {
        var delete = List.<UpdateAction>of(
                new UpdateAction.DeleteMembers(DocumentPath.of("s"), new Value.SS(Set.of("a", "b"))));
        assertThat(UpdateAction.apply(delete, Map.of("s", new Value.SS(Set.of("a")))))
                .isEmpty();
    }

    @Test
    void projectionKeepsMapsAndClosesListsUp() {
        var item = Map.<String, Value>of(
                "m", new Value.M(Map.of("x", ONE, "y", ONE)),
                "l", new Value.L(List.of(ONE, Value.N.of(2), Value.N.of(3))));
        assertThat(DocumentPath.project(
                        item,
                        List.of(
                                DocumentPath.of("m", new DocumentPath.Name("y")),
                                DocumentPath.of("l", new DocumentPath.Index(2)),
                                DocumentPath.of("l", new DocumentPath.Index(0)),
                                DocumentPath.of("none"))))
                .isEqualTo(Map.of("m", new Value.M(Map.of("y", ONE)), "l", new Value.L(List.of(ONE, Value.N.of(3)))));
    }

    @Test
    void indexWritesAreChargedByWhatTheIndexHolds() {
        var index = Shapes.all().getFirst().indexes().getFirst(); // keys only, by s1
        var item = Map.<String, Value>of("pk", new Value.S("k"), "s1", new Value.S("a"));
        var grown = Map.<String, Value>of(
                "pk", new Value.S("k"), "s1", new Value.S("a"), "data", new Value.S("x".repeat(5000)));
        var moved = Map.<String, Value>of("pk", new Value.S("k"), "s1", new Value.S("b"));
        var out = Map.<String, Value>of("pk", new Value.S("k"));
        assertThat(index.writeUnits(Optional.empty(), Optional.of(item))).isEqualTo(1);
        assertThat(index.writeUnits(Optional.of(item), Optional.of(grown))).isZero();
        assertThat(index.writeUnits(Optional.of(item), Optional.of(moved))).isEqualTo(2);
        assertThat(index.writeUnits(Optional.of(item), Optional.of(out))).isEqualTo(1);
        assertThat(index.writeUnits(Optional.of(out), Optional.empty())).isZero();
    }

    @Test
    void writeIsChargedForTheLargerOfBeforeAndAfter() {
        var table = new ModelTable(Shapes.all().getLast());
        var key = Map.<String, Value>of("pk", new Value.S("k"), "sk", new Value.B("a"));
        var large = new TreeMap<>(key);
        large.put("data", new Value.S("x".repeat(3000)));
        assertThat(units(table.change(key, Optional.of(large)))).isEqualTo(3.0);
        assertThat(units(table.change(key, Optional.of(key)))).isEqualTo(3.0);
        assertThat(units(table.change(key, Optional.empty()))).isEqualTo(1.0);
        assertThat(units(table.change(key, Optional.empty()))).isEqualTo(1.0);
    }

    private static Object units(Units.Bill bill) {
        return bill.report("t", Units.CapacityMode.TOTAL).getOrDefault("CapacityUnits", 0.0);
    }

    @Test
    void valuesSurviveTheWire() {
        var values = new RandomValues(new SplittableRandom(5), false);
        for (int i = 0; i < 2000; i++) {
            var value = values.any(3);
            if (!hasNumber(value)) { // a number is sent in any form and must come back in one
                assertThat(WireValues.toValue(Wire.parse(Json.write(WireValues.of(value)))))
                        .isEqualTo(value);
            }
        }
        assertThatThrownBy(() -> WireValues.toValue(Map.of("N", "1.0"))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> WireValues.toValue(Map.of("SS", List.of("a", "a"))))
                .isInstanceOf(AssertionError.class);
    }

    private static boolean hasNumber(Value value) {
        return value.toString().contains("N[");
    }

    @Test
    void sameSeedMakesTheSameRequests() {
        assertThat(history(7)).isEqualTo(history(7)).isNotEqualTo(history(8));
    }

    private static List<String> history(long seed) {
        var model = new ModelDatabase(Shapes.all());
        var values = new RandomValues(new SplittableRandom(seed), false);
        var requests = new RandomRequests(model, values);
        return IntStream.range(0, 300)
                .mapToObj(_ -> {
                    var request = requests.request();
                    return request + " " + model.answer(request);
                })
                .toList();
    }
}
