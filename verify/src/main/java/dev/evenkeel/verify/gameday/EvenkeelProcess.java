package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The program as a process of its own, and what one can do to a process. */
public final class EvenkeelProcess implements AutoCloseable {
    /** As the launcher has them, and quick to start rather than quick in the end. */
    private static final List<String> JVM_FLAGS = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    private final Process process;
    private final Lines output;
    private final Lines errors;

    private EvenkeelProcess(Process process) {
        this.process = process;
        this.output = new Lines(process.getInputStream());
        this.errors = new Lines(process.getErrorStream());
    }

    /** Starts it, from the class path and with the Java of this process, and waits for nothing. */
    public static EvenkeelProcess launch(List<String> arguments) throws IOException {
        return launch(List.of(), arguments);
    }

    /** @param jvmArguments besides those of every process */
    static EvenkeelProcess launch(List<String> jvmArguments, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.evenkeel.server.Main"));
        command.addAll(arguments);
        return new EvenkeelProcess(new ProcessBuilder(command).start());
    }

    /** The first line like that on its output; empty when it ended, or the time, without one. */
    public Optional<String> awaitLine(Predicate<String> wanted, long secondsMax) throws InterruptedException {
        return output.await(wanted, secondsMax);
    }

    /** Whether it ended within that time. */
    public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    public int exitCode() {
        return process.exitValue();
    }

    /** All it printed, once it has ended. */
    public List<String> output() throws InterruptedException {
        return output.all();
    }

    /** All it complained of, once it has ended. */
    public List<String> errors() throws InterruptedException {
        return errors.all();
    }

    /** What it has complained of by now. */
    public String complaints() {
        return errors.soFar();
    }

    /** What it has printed by now. */
    public String said() {
        return output.soFar();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** kill -9, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Asks it to end, as Ctrl-C does, and waits for nothing. */
    public void askToEnd() {
        process.destroy();
    }

    /** It stands still wherever it is, sockets open, until it is resumed. */
    public void pause() throws IOException, InterruptedException {
        Commands.demand("kill", "-STOP", Long.toString(pid()));
    }

    public void resume() throws IOException, InterruptedException {
        Commands.demand("kill", "-CONT", Long.toString(pid()));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
