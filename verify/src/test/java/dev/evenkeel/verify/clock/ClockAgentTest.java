package dev.evenkeel.verify.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a machine is busy with, what is told lies between the moments of asking and of hearing. */
@Timeout(60)
final class ClockAgentTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Ticker outside = Ticker.system();

    /** What a process told, and the times outside before and after it did. */
    private record Told(long nanos, List<Long> millis, Moment before, Moment after) {
        boolean isAheadBy(long wallMillis) {
            return millis.stream()
                    .allMatch(told -> told >= before.millis() + wallMillis && told <= after.millis() + wallMillis);
        }
    }

    private record Moment(long nanos, long millis) {}

    private Moment now() {
        return new Moment(outside.nanos(), outside.epochMillis());
    }

    private Told ask(OutputStream to, BufferedReader from) throws IOException {
        var before = now();
        to.write('\n');
        to.flush();
        var numbers = Arrays.stream(
                        Objects.requireNonNull(from.readLine(), "it ended").split(" "))
                .map(Long::valueOf)
                .toList();
        return new Told(numbers.getFirst(), numbers.subList(1, 4), before, now());
    }

    private static void assertPace(double pace, Told first, Told second) {
        double passed = second.nanos() - first.nanos();
        assertThat(passed)
                .isBetween(
                        Math.floor(pace
                                        * (second.before().nanos()
                                                - first.after().nanos()))
                                - 1,
                        Math.ceil(pace
                                        * (second.after().nanos()
                                                - first.before().nanos()))
                                + 1);
    }

    private static Process start(Path jar, Path setting) throws IOException, URISyntaxException {
        var classes = ClockTeller.class.getProtectionDomain().getCodeSource().getLocation();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        ClockAgentJar.argument(jar, setting),
                        "-cp",
                        Path.of(classes.toURI()).toString(),
                        ClockTeller.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    @Test
    void aProcessHasItsOwnClocks(@TempDir Path folder) throws IOException, URISyntaxException {
        var jar = folder.resolve("agent.jar");
        var setting = folder.resolve("setting");
        ClockAgentJar.write(jar);
        new ClockSetting(HOUR, 4).write(setting);
        var process = start(jar, setting);
        try (var to = process.getOutputStream();
                var from = process.inputReader(StandardCharsets.UTF_8)) {
            var first = ask(to, from);
            var second = ask(to, from);
            assertThat(first.isAheadBy(HOUR)).as("%s", first).isTrue();
            assertPace(4, first, second);
            ClockSetting.jumped(-MINUTE).write(setting);
            var third = ask(to, from);
            while (!third.isAheadBy(-MINUTE)) {
                assertThat(third.nanos()).as("only the wall clock goes back").isGreaterThanOrEqualTo(second.nanos());
                second = third;
                third = ask(to, from);
            }
            Told fourth = ask(to, from); // the pace is set after the wall clock, by another thread
            for (Told next = ask(to, from); !isPaced(fourth, next); next = ask(to, from)) {
                assertThat(next.nanos()).isGreaterThanOrEqualTo(fourth.nanos());
                fourth = next;
            }
            assertThat(fourth.isAheadBy(-MINUTE)).as("%s", fourth).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Whether between these it can have been the machine's own pace, and none four times as fast. */
    private static boolean isPaced(Told first, Told second) {
        return second.nanos() - first.nanos()
                <= second.after().nanos() - first.before().nanos();
    }

    @Test
    void aSettingIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
        var file = folder.resolve("setting");
        for (var setting : List.of(ClockSetting.RIGHT, ClockSetting.jumped(-HOUR), ClockSetting.drifting(0.953))) {
            setting.write(file);
            assertThat(ClockSetting.read(file)).isEqualTo(setting);
        }
        Files.writeString(file, "noon");
        assertThatThrownBy(() -> ClockSetting.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("noon");
    }

    @Test
    void whatCallsNoClockStaysAsItIs() throws IOException {
        try (var in = Objects.requireNonNull(ClockSetting.class.getResourceAsStream("ClockSetting.class"))) {
            assertThat(new ConstantPool(in.readAllBytes())
                            .withMethodsOf(
                                    "another/Clock", method -> method.name().equals("nanoTime")))
                    .isEmpty();
        }
    }
}
