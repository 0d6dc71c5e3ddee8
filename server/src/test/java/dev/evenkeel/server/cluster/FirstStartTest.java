package dev.evenkeel.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.server.cluster.FirstStart.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstStartTest {
    private static Optional<Boolean> founder(Answer... others) {
        return FirstStart.hasLost(List.of(others), true, others.length + 1);
    }

    @Test
    void whoIsKnownHasLostItsData() {
        assertThat(founder(Answer.UNSURE, Answer.KNOWN)).contains(true);
        assertThat(founder(Answer.NEW_TOO, Answer.KNOWN)).contains(true);
        assertThat(FirstStart.hasLost(List.of(Answer.STRANGER, Answer.KNOWN, Answer.UNSURE), false, 3))
                .contains(true);
    }

    @Test
    void aNewClusterBeginsWithMostOfItsFounders() {
        assertThat(founder()).contains(false);
        assertThat(founder(Answer.NEW_TOO, Answer.UNSURE)).contains(false);
        assertThat(founder(Answer.NEW_TOO, Answer.UNSURE, Answer.UNSURE, Answer.UNSURE))
                .isEmpty();
        assertThat(founder(Answer.NEW_TOO)).contains(false);
        assertThat(founder(Answer.UNSURE)).isEmpty();
    }

    @Test
    void whenNobodyCanTellItWaits() {
        assertThat(founder(Answer.UNSURE, Answer.UNSURE)).isEmpty();
        assertThat(FirstStart.hasLost(List.of(Answer.NEW_TOO, Answer.NEW_TOO, Answer.NEW_TOO), false, 3))
                .isEmpty(); // it founds nothing
    }

    @Test
    void whileOneOfItsNameIsHeardItBeginsNothing() {
        assertThat(founder(Answer.RUNNING, Answer.KNOWN)).isEmpty();
        assertThat(founder(Answer.NEW_TOO, Answer.RUNNING)).isEmpty();
    }

    @Test
    void aNodeThatTheClusterDoesNotHaveIsNew() {
        assertThat(founder(Answer.STRANGER, Answer.UNSURE)).contains(false);
        assertThat(FirstStart.hasLost(List.of(Answer.STRANGER, Answer.UNSURE, Answer.UNSURE), false, 3))
                .contains(false);
    }
}
