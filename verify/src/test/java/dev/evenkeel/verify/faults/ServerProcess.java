package dev.evenkeel.verify.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The program {@code evenkeel dev} as a process of its own, on a free port unless it is given one. */
final class ServerProcess implements AutoCloseable {
    private static final long READY_SECONDS_MAX = 90; // a start takes one, but machines that test are busy
    private static final long END_SECONDS_MAX = 60;
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");

    /** As the launcher has them, and quick to start rather than quick in the end. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    /** How a process ended. */
    record Ended(int exitCode, List<String> output, List<String> errors) {}

    private final Process process;
    private final Lines output;
    private final Lines errors;

    private ServerProcess(Process process) {
        this.process = process;
        this.output = new Lines(process.getInputStream());
        this.errors = new Lines(process.getErrorStream());
    }

    /** Starts it and waits for nothing. */
    static ServerProcess launch(Path data, String... more) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.evenkeel.server.Main", "dev"));
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of(more));
        if (!command.contains("--port")) {
            command.addAll(List.of("--port", "0"));
        }
        return new ServerProcess(new ProcessBuilder(command).start());
    }

    /** Starts it and waits until it says that it is ready. */
    static ServerProcess start(Path data, String... more) throws IOException, InterruptedException {
        var server = launch(data, more);
        try {
            server.endpoint();
            return server;
        } catch (RuntimeException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** Starts it where it cannot run, and waits for its end. */
    static Ended startInVain(Path data, String... more) throws IOException, InterruptedException {
        try (var server = launch(data, more)) {
            return server.awaitEnd();
        }
    }

    /** Waits until it says so, or ends without. */
    boolean becomesReady() throws InterruptedException {
        return output.await(text -> READY.matcher(text).find(), READY_SECONDS_MAX)
                .isPresent();
    }

    /** Where it listens, once it is ready. */
    URI endpoint() throws InterruptedException {
        var line = output.await(text -> READY.matcher(text).find(), READY_SECONDS_MAX)
                .orElseThrow(() -> new AssertionError("the server did not become ready:\n" + errors.soFar()));
        var matcher = READY.matcher(line);
        if (!matcher.find()) {
            throw new AssertionError(line);
        }
        return URI.create(matcher.group(1));
    }

    Dynamo client() throws InterruptedException {
        return new Dynamo(endpoint());
    }

    /** Waits that long unless it ends before. */
    void letRun(Duration time) throws InterruptedException {
        var _ = process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** kill -9 */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end, as Ctrl-C does. */
    Ended stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    Ended awaitEnd() throws InterruptedException {
        if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not end:\n" + output.soFar() + "\n" + errors.soFar());
        }
        return new Ended(process.exitValue(), output.all(), errors.all());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has complained of by now. */
    String complaints() {
        return errors.soFar();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
