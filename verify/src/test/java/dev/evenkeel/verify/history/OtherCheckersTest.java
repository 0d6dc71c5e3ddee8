package dev.evenkeel.verify.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Eventual reads, and what is left in the end. */
final class OtherCheckersTest {
    private static HistoryBuilder history() {
        return new HistoryBuilder();
    }

    static Stream<Arguments> eventualReads() {
        return Stream.of(
                Arguments.of(
                        true,
                        history().at(1, 2).put("a").at(3, 4).put("b").at(5, 6).readEventually(State.of("a"))),
                Arguments.of(true, history().at(1, 2).put("a").at(3, 4).readEventually(State.ABSENT)),
                Arguments.of(true, history().at(1, 9).putUnknown("a").at(3, 4).readEventually(State.of("a"))),
                Arguments.of(
                        false,
                        history()
                                .at(1, 2)
                                .readEventually(State.of("a"))
                                .at(3, 4)
                                .put("a")),
                Arguments.of(false, history().at(1, 2).put("a").at(3, 4).readEventually(State.of("z"))),
                Arguments.of(false, history().at(1, 2).putRefused("a").at(3, 4).readEventually(State.of("a"))),
                Arguments.of(true, history().at(1, 2).add(2, 2).at(3, 4).readEventually(State.counted(2))),
                Arguments.of(false, history().at(1, 2).add(2, 2).at(3, 4).readEventually(State.counted(3))),
                Arguments.of(
                        false,
                        history().at(1, 2).add(2, 2).at(3, 4).put("a").at(5, 6).readEventually(new State("a", 1))));
    }

    @ParameterizedTest
    @MethodSource("eventualReads")
    void eventualReadsTellOnlyWhatWas(boolean isPossible, HistoryBuilder history) {
        assertThat(new EventualReadChecker().check(history.build()).isPassed()).isEqualTo(isPossible);
    }

    static Stream<Arguments> ends() {
        return Stream.of(
                Arguments.of("", history().at(1, 2).put("a").at(5, 6).read("a")),
                Arguments.of("put a", history().at(1, 2).put("a").at(5, 6).read(State.ABSENT)),
                Arguments.of(
                        "put b",
                        history().at(1, 2).put("a").at(3, 4).put("b").at(5, 6).read("a")),
                Arguments.of(
                        "",
                        history().at(1, 4).put("a").at(3, 4).put("b").at(5, 6).read("a")),
                Arguments.of(
                        "",
                        history()
                                .at(1, 2)
                                .putUnknown("a")
                                .at(3, 4)
                                .put("b")
                                .at(5, 6)
                                .read("a")),
                Arguments.of(
                        "delete",
                        history().at(1, 2).put("a").at(3, 4).delete().at(5, 6).read("a")),
                Arguments.of(
                        "",
                        history()
                                .at(1, 2)
                                .put("a")
                                .at(3, 4)
                                .deleteUnknown()
                                .at(5, 6)
                                .read(State.ABSENT)),
                Arguments.of(
                        "",
                        history()
                                .at(1, 2)
                                .deleteUnknown()
                                .at(3, 4)
                                .put("a")
                                .at(5, 6)
                                .read(State.ABSENT)),
                Arguments.of(
                        "put a",
                        history().at(1, 2).delete().at(3, 4).put("a").at(5, 6).read(State.ABSENT)),
                Arguments.of(
                        "nobody wrote", history().at(1, 2).put("a").at(5, 6).read("z")),
                Arguments.of(
                        "2 was acknowledged",
                        history().at(1, 2).add(2, 2).at(5, 6).read(State.counted(1))),
                Arguments.of(
                        "only 2 was asked",
                        history().at(1, 2).add(2, 2).at(5, 6).read(State.counted(3))),
                Arguments.of(
                        "",
                        history()
                                .at(1, 2)
                                .add(2, 2)
                                .at(3, 4)
                                .addUnknown(1)
                                .at(5, 6)
                                .read(State.counted(3))),
                Arguments.of(
                        "",
                        history().at(1, 2).put("a").at(3, 4).read("a").at(5, 6).put("b")),
                Arguments.of("add 1", history().at(1, 2).add(1, 1).at(5, 6).read(State.ABSENT)));
    }

    @ParameterizedTest
    @MethodSource("ends")
    void acknowledgedWritesAreThereInTheEnd(String complaint, HistoryBuilder history) {
        var verdict = new LostWriteChecker().check(history.build());
        if (complaint.isEmpty()) {
            assertThat(verdict).isEqualTo(Verdict.PASSED);
        } else {
            assertThat(verdict)
                    .isInstanceOfSatisfying(
                            Verdict.Violated.class,
                            violated -> assertThat(violated.explanation()).contains(complaint));
        }
    }
}
