package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class GameDayCommandTest {
    private static final String PUT = "1000\t2000\tc1\tn1\tDay1/k0.0\tput c1.0\tdone\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new GameDayCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void checksAKeptHistoryAgain(@TempDir Path folder) throws IOException {
        var file = folder.resolve("history");
        Files.writeString(file, PUT + "3000\t4000\tc2\tn1\tDay1/k0.0\tread\tdone c1.0 0\n");
        assertThat(run("--check", file.toString())).as(err.toString()).isZero();
        Files.writeString(file, PUT + "3000\t4000\tc2\tn1\tDay1/k0.0\tread\tdone - 0\n");
        assertThat(run("--check", file.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("Day1/k0.0 is not linearizable", "an acknowledged write is lost");
    }

    @Test
    void namesEveryFault() {
        assertThat(run("--help")).isZero();
        var words = out.toString().replaceAll("\\s+", " ");
        assertThat(FaultKind.values()).allSatisfy(kind -> assertThat(words).contains(kind.label()));
    }

    @Test
    void saysWhatIsWrong(@TempDir Path folder) throws IOException {
        assertThat(run("--faults", "flood")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no fault 'flood'");
        var file = Files.writeString(folder.resolve("history"), "nonsense");
        assertThat(run("--check", file.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("line 1");
    }
}
