package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Every flush of a node takes longer. Linux offers no simple way to a slow file system, but {@code strace} can hold up
 * single system calls of a process; it slows the others of the process somewhat, too.
 */
final class SlowDisk implements Fault {
    private static final String FLUSHES = "fsync,fdatasync";
    private static final long END_SECONDS_MAX = 10;

    private final ClusterUnderTest cluster;
    private final ClusterNode node;
    private final Duration delay;

    /** Null while the disk is as it should be. */
    private @Nullable Process strace;

    SlowDisk(ClusterUnderTest cluster, ClusterNode node, Duration delay) {
        this.cluster = cluster;
        this.node = node;
        this.delay = delay;
    }

    /** Why it cannot be done here. */
    static Optional<String> impossible() throws InterruptedException {
        var problem = Commands.run("strace", "-V");
        return problem.isEmpty() ? Optional.empty() : Optional.of("needs the program strace: " + problem);
    }

    @Override
    public String describe() {
        return "flushes of %s take %d ms more".formatted(node, delay.toMillis());
    }

    @Override
    public void inject() throws IOException {
        strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-qq",
                        "-o",
                        "/dev/null",
                        "-e",
                        "trace=" + FLUSHES,
                        "-e",
                        "inject=" + FLUSHES + ":delay_enter=" + delay.toNanos() / 1000,
                        "-p",
                        Long.toString(cluster.pid(node)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Override
    public String heal() throws InterruptedException {
        var current = strace;
        strace = null;
        if (current == null) {
            return "";
        }
        boolean didNothing = !current.isAlive();
        current.destroy(); // it lets go of the process and ends
        if (!current.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
            current.destroyForcibly();
        }
        return didNothing ? "strace could not attach, so nothing happened" : "";
    }
}
