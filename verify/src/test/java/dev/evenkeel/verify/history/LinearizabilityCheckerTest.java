package dev.evenkeel.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LinearizabilityCheckerTest {
    private static HistoryBuilder history() {
        return new HistoryBuilder();
    }

    static Stream<Arguments> possible() {
        return Stream.of(
                Arguments.of("nothing happened", history()),
                Arguments.of(
                        "reads what was put",
                        history().at(1, 2).put("a").at(3, 4).read("a")),
                Arguments.of(
                        "a read that overlaps a put sees either",
                        history()
                                .at(1, 9)
                                .put("a")
                                .at(2, 3)
                                .read(State.ABSENT)
                                .at(4, 5)
                                .read("a")),
                Arguments.of(
                        "puts that overlap go in any order",
                        history().at(1, 9).put("a").at(1, 9).put("b").at(10, 11).read("a")),
                Arguments.of(
                        "at the very same moment is no order",
                        history().at(1, 2).put("a").at(2, 3).read(State.ABSENT)),
                Arguments.of(
                        "an unknown put takes effect late",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .put("b")
                                .at(5, 6)
                                .read("b")
                                .at(7, 8)
                                .read("a")),
                Arguments.of(
                        "an unknown put never takes effect",
                        history().at(1, 2).putUnknown("a").at(3, 4).read(State.ABSENT)),
                Arguments.of(
                        "an unknown put nobody saw explains a condition that an unknown put met",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .putIfUnknown("a", "b")
                                .at(5, 6)
                                .read("b")),
                Arguments.of(
                        "an unknown delete explains that nothing is there",
                        history()
                                .at(1, 2)
                                .put("a")
                                .at(3, 4)
                                .deleteUnknown()
                                .at(5, 6)
                                .read("a")
                                .at(7, 8)
                                .read(State.ABSENT)),
                Arguments.of(
                        "an unknown delete of nothing hides a put nobody saw",
                        history()
                                .at(1, 9)
                                .put("a")
                                .at(2, 3)
                                .deleteUnknown()
                                .at(10, 11)
                                .read(State.ABSENT)),
                Arguments.of(
                        "conditions chain",
                        history()
                                .at(1, 2)
                                .putIf("", "a")
                                .at(3, 4)
                                .putIf("a", "b")
                                .at(5, 6)
                                .putIfFailed("a", "c", State.of("b"))),
                Arguments.of(
                        "unknown additions turn up one by one",
                        history()
                                .at(1, 2)
                                .addUnknown(1)
                                .at(1, 2)
                                .addUnknown(1)
                                .at(3, 4)
                                .add(1, 1)
                                .at(5, 6)
                                .read(State.counted(2))
                                .at(7, 8)
                                .add(1, 4)),
                Arguments.of(
                        "a put replaces the count",
                        history().at(1, 2).add(3, 3).at(3, 4).put("a").at(5, 6).read("a")),
                Arguments.of(
                        "what was refused had no effect",
                        history().at(1, 2).putRefused("a").at(3, 4).read(State.ABSENT)),
                Arguments.of(
                        "equal values of unknown puts are told apart by nobody",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .read("a")
                                .at(5, 6)
                                .put("b")
                                .at(7, 8)
                                .read("a")));
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(
                        "stale read",
                        history().at(1, 2).put("a").at(3, 4).put("b").at(5, 6).read("a")),
                Arguments.of(
                        "reads go back",
                        history().at(1, 20).put("a").at(2, 3).read("a").at(4, 5).read(State.ABSENT)),
                Arguments.of(
                        "lost acknowledged write",
                        history().at(1, 2).put("a").at(3, 4).read(State.ABSENT)),
                Arguments.of(
                        "lost update: both conditions held on the same item",
                        history()
                                .at(1, 2)
                                .put("a")
                                .at(3, 9)
                                .putIf("a", "b")
                                .at(3, 9)
                                .putIf("a", "c")),
                Arguments.of(
                        "read from the future",
                        history().at(1, 2).read("a").at(3, 4).put("a")),
                Arguments.of(
                        "read from the future of a put that nobody was answered",
                        history().at(1, 2).read("a").at(3, 4).putUnknown("a")),
                Arguments.of(
                        "a value nobody wrote",
                        history().at(1, 2).put("a").at(3, 4).read("z")),
                Arguments.of(
                        "double apply: an addition counted twice",
                        history().at(1, 2).add(1, 1).at(3, 4).read(State.counted(2))),
                Arguments.of(
                        "double apply: a put that came back",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .read("a")
                                .at(5, 6)
                                .put("b")
                                .at(7, 8)
                                .read("a")),
                Arguments.of(
                        "lost addition", history().at(1, 2).add(1, 1).at(3, 4).add(1, 1)),
                Arguments.of(
                        "more than the unknown additions amount to",
                        history()
                                .at(1, 2)
                                .addUnknown(1)
                                .at(3, 4)
                                .addUnknown(1)
                                .at(5, 6)
                                .read(State.counted(3))),
                Arguments.of(
                        "an addition from the future",
                        history().at(1, 2).read(State.counted(1)).at(3, 4).addUnknown(1)),
                Arguments.of(
                        "a condition that failed on what it asked for",
                        history().at(1, 2).put("a").at(3, 4).putIfFailed("a", "b", State.of("a"))),
                Arguments.of(
                        "what was refused had an effect",
                        history().at(1, 2).putRefused("a").at(3, 4).read("a")),
                Arguments.of(
                        "a put that tells of an older item",
                        history().at(1, 2).put("a").at(3, 4).put("b").at(5, 6).putOver(State.of("a"), "c")),
                Arguments.of(
                        "a put seen by an eventual read is undone",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .readEventually(State.of("a"))
                                .at(5, 6)
                                .read(State.ABSENT)),
                Arguments.of(
                        "a deleted item that came back",
                        history().at(1, 2).put("a").at(3, 4).delete().at(5, 6).read("a")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("possible")
    void acceptsWhatCanBe(String name, HistoryBuilder history) {
        assertThat(new LinearizabilityChecker().check(history.build())).isEqualTo(Verdict.PASSED);
        assertThat(BruteForce.isLinearizable(history.build()))
                .as("the obvious checker says so, too")
                .isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void refusesWhatCannotBe(String name, HistoryBuilder history) {
        assertThat(new LinearizabilityChecker().check(history.build())).isInstanceOf(Verdict.Violated.class);
    }

    @Test
    void explainsTheFirstImpossibleAnswer() {
        var builder = history();
        for (int i = 0; i < 50; i++) {
            builder.at(10 * i, 10 * i + 4)
                    .put("v" + i)
                    .at(10 * i + 5, 10 * i + 6)
                    .read("v" + i);
        }
        builder.at(601, 604)
                .put("x")
                .at(602, 605)
                .put("y")
                .at(606, 607)
                .read("v49")
                .at(608, 609)
                .read("v49");
        var verdict = new LinearizabilityChecker().check(builder.build());
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Violated.class, violated -> {
            var lines = violated.explanation().lines().toList();
            assertThat(lines.get(0)).contains("key k");
            assertThat(lines.get(1)).contains("c102 at n1: read → v49");
            assertThat(lines.get(2)).isEqualTo("by then the item was y, or x");
            assertThat(violated.explanation())
                    .contains("put x", "put y", "put v49")
                    .doesNotContain("put v40");
        });
    }

    @Test
    void saysWhenItGivesUp() {
        var builder = history();
        for (int i = 0; i < 12; i++) {
            builder.at(1, 100).addUnknown(1 << i);
        }
        builder.at(101, 102).read(State.counted(5000)); // more than they amount to, but only the last sum tells
        var verdict = new LinearizabilityChecker(50).check(builder.build());
        assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void writesNobodySawCostNothing() {
        var builder = history();
        for (int i = 0; i < 300; i++) {
            builder.at(i, i + 1).putUnknown("u" + i);
        }
        List<Operation> operations =
                builder.at(400, 401).put("a").at(402, 403).read("a").build();
        assertThat(new LinearizabilityChecker(100).check(operations)).isEqualTo(Verdict.PASSED);
    }
}
