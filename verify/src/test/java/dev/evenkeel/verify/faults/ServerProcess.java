package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.gameday.EvenkeelProcess;
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

    /** How a process ended. */
    record Ended(int exitCode, List<String> output, List<String> errors) {}

    private final EvenkeelProcess process;

    private ServerProcess(EvenkeelProcess process) {
        this.process = process;
    }

    /** Starts it and waits for nothing. */
    static ServerProcess launch(Path data, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("dev", "--data", data.toString()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--port")) {
            arguments.addAll(List.of("--port", "0"));
        }
        return new ServerProcess(EvenkeelProcess.launch(arguments));
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
        return process.awaitLine(text -> READY.matcher(text).find(), READY_SECONDS_MAX)
                .isPresent();
    }

    /** Where it listens, once it is ready. */
    URI endpoint() throws InterruptedException {
        var line = process.awaitLine(text -> READY.matcher(text).find(), READY_SECONDS_MAX)
                .orElseThrow(() -> new AssertionError("the server did not become ready:\n" + process.complaints()));
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
        var _ = process.awaitEnd(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** kill -9 */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Asks it to end, as Ctrl-C does. */
    Ended stop() throws InterruptedException {
        process.askToEnd();
        return awaitEnd();
    }

    Ended awaitEnd() throws InterruptedException {
        if (!process.awaitEnd(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not end:\n" + process.said() + "\n" + process.complaints());
        }
        return new Ended(process.exitCode(), process.output(), process.errors());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has complained of by now. */
    String complaints() {
        return process.complaints();
    }

    @Override
    public void close() {
        process.close();
    }
}
