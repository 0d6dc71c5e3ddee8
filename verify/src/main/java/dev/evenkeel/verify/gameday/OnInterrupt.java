package dev.evenkeel.verify.gameday;

import java.io.IOException;

/** Processes outlive the one that started them, paused ones above all: when the day is interrupted they must end, too. */
final class OnInterrupt implements AutoCloseable {
    private final Thread hook;

    private OnInterrupt(Thread hook) {
        this.hook = hook;
    }

    static OnInterrupt close(ClusterUnderTest cluster) {
        var hook = Thread.ofPlatform().name("end-processes").unstarted(() -> closeQuietly(cluster));
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnInterrupt(hook);
    }

    private static void closeQuietly(ClusterUnderTest cluster) {
        try {
            cluster.close();
        } catch (IOException | RuntimeException _) {
            // the program is ending; there is nobody left to tell
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it is running
        }
    }
}
