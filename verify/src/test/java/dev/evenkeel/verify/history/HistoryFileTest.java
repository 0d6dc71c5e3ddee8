package dev.evenkeel.verify.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.verify.history.SimulatedDatabase.Flaw;
import dev.evenkeel.verify.history.SimulatedDatabase.Load;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryFileTest {
    @Test
    void readsWhatItWrote(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history");
        var operations =
                SimulatedDatabase.history(new SplittableRandom(1), Flaw.NONE, new Load(5, 300, 0.2, false, true));
        operations.addAll(new HistoryBuilder()
                .at(1, 2)
                .putRefused("a")
                .at(1, 2)
                .readEventually(State.ABSENT)
                .build());
        var history = new History(operations);
        HistoryFile.write(file, history);
        assertThat(HistoryFile.read(file)).isEqualTo(history);
    }

    @Test
    void saysWhichLineIsWrong(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history");
        var good =
                HistoryFile.line(new HistoryBuilder().at(1, 2).put("a").build().getFirst());
        Files.writeString(file, good + "\n" + good.replace("put", "pot") + "\n");
        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("pot");
    }

    @Test
    void runsEveryCheckOnEveryKey() {
        var good = new HistoryBuilder().at(1, 2).put("a").at(3, 4).read("a").build();
        var bad = new HistoryBuilder()
                .at(1, 2)
                .put("a")
                .at(3, 4)
                .read(State.ABSENT)
                .build();
        assertThat(HistoryChecks.run(new History(good))).hasSize(3).allMatch(Finding::isPassed);
        assertThat(HistoryChecks.run(new History(bad)))
                .filteredOn(finding -> !finding.isPassed())
                .extracting(Finding::check)
                .containsExactly("linearizable per key", "no acknowledged write lost");
    }
}
