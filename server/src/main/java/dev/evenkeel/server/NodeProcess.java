package dev.evenkeel.server;

import dev.evenkeel.model.Ticker;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that runs a node of a sample cluster. Ids of processes are given again: one counts as a node's only while its
 * command line is the one the node was started with, and is never signalled otherwise.
 */
final class NodeProcess {
    /** Gives a process a session of its own, so that the end of a terminal, or a key pressed there, is not its end. */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private static final Charset NATIVE = Charset.forName(System.getProperty("native.encoding"));
    private static final int POLL_MILLIS = 50;

    private final ProcessHandle handle;
    private final Path config;

    private NodeProcess(ProcessHandle handle, Path config) {
        this.handle = handle;
        this.config = config;
    }

    /**
     * Starts a process that does not end with this one.
     *
     * @param program to which the arguments of the node are added
     * @param log gets what it prints, behind what is there
     */
    static NodeProcess start(List<String> program, Path config, Path log) throws IOException {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(program);
        command.addAll(arguments(config));
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectErrorStream(true)
                .start();
        return new NodeProcess(process.toHandle(), config);
    }

    /** The process of that id, if it runs and is this node's. */
    static Optional<NodeProcess> find(long pid, Path config) {
        return ProcessHandle.of(pid)
                .map(handle -> new NodeProcess(handle, config))
                .filter(NodeProcess::isRunning);
    }

    private static List<String> arguments(Path config) {
        return List.of("node", "--config", config.toString());
    }

    long pid() {
        return handle.pid();
    }

    /** A process that has ended and whom nobody has asked how has no command line. */
    boolean isRunning() {
        return handle.isAlive() && commandLine().endsWith(String.join(" ", arguments(config)));
    }

    /** Linux tells processes no more than the first 4096 bytes through {@link ProcessHandle}, which a class path fills. */
    private String commandLine() {
        Path file = Path.of("/proc", Long.toString(pid()), "cmdline");
        try {
            return new String(Files.readAllBytes(file), NATIVE)
                    .replace('\0', ' ')
                    .stripTrailing();
        } catch (NoSuchFileException _) {
            return handle.info().commandLine().orElse("");
        } catch (IOException _) {
            return ""; // it ended meanwhile, or is another user's
        }
    }

    /** SIGTERM: it ends in order. */
    void askToEnd() {
        if (isRunning()) {
            handle.destroy();
        }
    }

    /** SIGKILL. */
    void kill() {
        if (isRunning()) {
            handle.destroyForcibly();
        }
    }

    /** @return whether it has ended in that time */
    boolean awaitEnd(Duration time) throws InterruptedException {
        Ticker ticker = Ticker.system();
        long begun = ticker.nanos();
        while (isRunning()) {
            if (ticker.nanos() - begun > time.toNanos()) {
                return false;
            }
            awaitAMoment();
        }
        return true;
    }

    /** Returns at its end, or after a moment. */
    void awaitAMoment() throws InterruptedException {
        try {
            handle.onExit().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            // a moment has passed
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("the end of process " + pid() + " cannot be waited for", e);
        }
    }
}
