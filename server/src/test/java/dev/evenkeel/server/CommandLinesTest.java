package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLinesTest {

    private record Outcome(int exitCode, String out, String err) {}

    private static Outcome run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = CommandLines.all()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Outcome(exitCode, out.toString(), err.toString());
    }

    @Test
    void helpNamesTheCommandsAndHidesOurOwn() {
        var help = run("--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("dev").doesNotContain("train");
        assertThat(run("dev", "--help").out()).contains("--port", "--data", "--load", "CreateTable");
        assertThat(run("--version").out()).startsWith("Evenkeel ");
    }

    @ParameterizedTest
    @CsvSource({
        "--bogus, evenkeel: Unknown option: '--bogus'; see 'evenkeel --help'",
        "dev --bogus, evenkeel: Unknown option: '--bogus'; see 'evenkeel dev --help'",
        "dev --port x, 'evenkeel: Invalid value for option ''--port'': ''x'' is not an int; see ''evenkeel dev --help'''",
        "'', evenkeel: Missing a command; see 'evenkeel --help'",
    })
    void mistakesAreOneLineAndExitCode2(String line, String message) {
        var outcome = line.isEmpty() ? run() : run(line.split(" "));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().strip()).isEqualTo(message);
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void whatCannotStartIsOneLineAndExitCode1() {
        var outcome = run("dev", "--zones", "2");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err().strip()).isEqualTo("evenkeel: There can be 1 zone or 3, not 2");
        assertThat(run("dev", "--load", "no-such-file").err().strip())
                .isEqualTo("evenkeel: There is no file no-such-file to load");
    }

    /** The short way to read a command line must read what picocli reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--port 9000",
                "--port=9000 --host 0.0.0.0 --quiet",
                "--data some/folder --zones 1 --initial-partitions 4 --region eu-west-1",
                "--control-plane-delay 2s --load a.json --load T=b.json.gz",
                "--control-plane-delay=PT1M --load=T=c.json",
            })
    void plainCommandLinesMeanTheSameBothWays(String line) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
        var all = CommandLines.all();
        all.parseArgs(Stream.concat(Stream.of("dev"), arguments.stream()).toArray(String[]::new));
        assertThat(DevCommand.plain(arguments))
                .get()
                .hasToString(Objects.requireNonNull(all.getSubcommands().get("dev"))
                        .getCommandSpec()
                        .userObject()
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--port", "--port x", "--bogus 1", "stray", "--control-plane-delay soon"})
    void everythingElseIsLeftToPicocli(String line) {
        assertThat(DevCommand.plain(List.of(line.split(" ")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "2s, PT2S", "1.5m, PT1M30S", "1h, PT1H", "PT2S, PT2S"})
    void durationsAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "s", "two seconds", "2 s", "-1s"})
    void otherTextsAreNoDurations(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
