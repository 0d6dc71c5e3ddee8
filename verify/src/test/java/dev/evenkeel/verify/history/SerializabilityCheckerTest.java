package dev.evenkeel.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializabilityCheckerTest {
    private static SerialTransaction append(String name, String... lists) {
        return new SerialTransaction(name, Map.of(), List.of(lists), SerialTransaction.Ending.COMMITTED);
    }

    private static SerialTransaction read(String name, Map<String, List<String>> found) {
        return new SerialTransaction(name, found, List.of(), SerialTransaction.Ending.COMMITTED);
    }

    private static SerialTransaction ended(SerialTransaction transaction, SerialTransaction.Ending ending) {
        return new SerialTransaction(transaction.name(), transaction.reads(), transaction.appends(), ending);
    }

    @Test
    void whatHappenedOneAfterAnotherIsSound() {
        assertThat(SerializabilityChecker.check(
                        List.of(
                                append("a", "x", "y"),
                                append("b", "x"),
                                read("r", Map.of("x", List.of("a"), "y", List.of("a"))),
                                ended(append("c", "y"), SerialTransaction.Ending.UNKNOWN),
                                ended(append("d", "y"), SerialTransaction.Ending.CANCELLED)),
                        Map.of("x", List.of("a", "b"), "y", List.of("a", "c"))))
                .isEmpty();
    }

    @Test
    void halfATransactionIsFound() {
        assertThat(SerializabilityChecker.check(List.of(append("a", "x", "y")), Map.of("x", List.of("a"))))
                .hasValueSatisfying(problem -> assertThat(problem).contains("a is not in all of"));
        assertThat(SerializabilityChecker.check(
                        List.of(ended(append("a", "x", "y"), SerialTransaction.Ending.UNKNOWN)),
                        Map.of("x", List.of("a"))))
                .isPresent();
    }

    @Test
    void aReadOfHalfATransactionIsFound() {
        assertThat(SerializabilityChecker.check(
                        List.of(append("a", "x", "y"), read("r", Map.of("x", List.of("a"), "y", List.of()))),
                        Map.of("x", List.of("a"), "y", List.of("a"))))
                .hasValueSatisfying(problem -> assertThat(problem).containsAnyOf("a < r < a", "r < a < r"));
    }

    @Test
    void whatWasCancelledOrIsThereTwiceIsFound() {
        var cancelled = ended(append("a", "x"), SerialTransaction.Ending.CANCELLED);
        assertThat(SerializabilityChecker.check(List.of(cancelled), Map.of("x", List.of("a"))))
                .isPresent();
        assertThat(SerializabilityChecker.check(List.of(append("a", "x")), Map.of("x", List.of("a", "a"))))
                .isPresent();
        assertThat(SerializabilityChecker.check(List.of(), Map.of("x", List.of("a"))))
                .isPresent();
    }

    @Test
    void twoThatReadPastEachOtherAreFound() { // write skew
        var a = new SerialTransaction("a", Map.of("y", List.of()), List.of("x"), SerialTransaction.Ending.COMMITTED);
        var b = new SerialTransaction("b", Map.of("x", List.of()), List.of("y"), SerialTransaction.Ending.COMMITTED);
        assertThat(SerializabilityChecker.check(List.of(a, b), Map.of("x", List.of("a"), "y", List.of("b"))))
                .isPresent();
    }

    /** Against trying every order. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithTryingEveryOrder(long seed) {
        var random = new Random(seed);
        int sound = 0;
        for (int i = 0; i < 1_500; i++) {
            var history = history(random);
            boolean isSound = SerializabilityChecker.check(history.transactions, history.lists)
                    .isEmpty();
            assertThat(isSound).as("%s", history).isEqualTo(anyOrder(history));
            sound += isSound ? 1 : 0;
        }
        assertThat(sound).isBetween(100, 1_400);
    }

    private record History(List<SerialTransaction> transactions, Map<String, List<String>> lists) {}

    /** Some that ran one after another, of which perhaps one read is from another moment. */
    private static History history(Random random) {
        var lists = new HashMap<String, List<String>>(Map.of("x", List.of(), "y", List.of()));
        var states = new ArrayList<Map<String, List<String>>>();
        var transactions = new ArrayList<SerialTransaction>();
        for (int i = 0; i < 4; i++) {
            states.add(Map.copyOf(lists));
            var seen = random.nextInt(3) == 0 ? states.get(random.nextInt(states.size())) : lists;
            var reads = new HashMap<String, List<String>>();
            var appends = new ArrayList<String>();
            for (var list : List.of("x", "y")) {
                if (random.nextBoolean()) {
                    reads.put(list, (random.nextInt(4) == 0 ? lists : seen).get(list));
                }
                if (random.nextBoolean()) {
                    appends.add(list);
                }
            }
            var name = "t" + i;
            appends.forEach(list -> lists.compute(list, (_, before) -> with(before, name)));
            transactions.add(new SerialTransaction(name, reads, appends, SerialTransaction.Ending.COMMITTED));
        }
        return new History(transactions, lists);
    }

    private static List<String> with(@Nullable List<String> before, String name) {
        return Stream.concat(before == null ? Stream.of() : before.stream(), Stream.of(name))
                .toList();
    }

    private static boolean anyOrder(History history) {
        return anyOrder(history, new ArrayList<>(history.transactions), Map.of("x", List.of(), "y", List.of()));
    }

    private static boolean anyOrder(History history, List<SerialTransaction> rest, Map<String, List<String>> lists) {
        if (rest.isEmpty()) {
            return lists.equals(history.lists);
        }
        for (var next : rest) {
            if (next.reads().entrySet().stream()
                    .allMatch(read -> read.getValue().equals(lists.get(read.getKey())))) {
                var after = new HashMap<>(lists);
                next.appends().forEach(list -> after.compute(list, (_, before) -> with(before, next.name())));
                var others = new ArrayList<>(rest);
                others.remove(next);
                if (anyOrder(history, others, after)) {
                    return true;
                }
            }
        }
        return false;
    }
}
