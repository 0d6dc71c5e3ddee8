package dev.evenkeel.server.transfer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the person presses Ctrl-C, pages under way are finished and the state is written before the program ends. */
public final class OnInterrupt implements AutoCloseable {
    /** Longer than a page takes; if not, the state of a second ago is there. */
    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private OnInterrupt(StopSignal stop) {
        hook = Thread.ofPlatform().name("stop-transfer").unstarted(() -> {
            stop.give();
            try {
                if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    Thread.currentThread().interrupt(); // it does not end; nothing is left to wait for
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    public static OnInterrupt stop(StopSignal stop) {
        var onInterrupt = new OnInterrupt(stop);
        Runtime.getRuntime().addShutdownHook(onInterrupt.hook);
        return onInterrupt;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // it is running
        }
    }
}
