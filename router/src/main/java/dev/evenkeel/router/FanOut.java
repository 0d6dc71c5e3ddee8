package dev.evenkeel.router;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts of one request at the same time, each in a virtual thread, the first in the caller's: writes that wait
 * for the log then share one flush, reads their round trip.
 *
 * <p>{@link #all} returns when every part has ended, also when one failed, so nothing of a request outlives its answer.
 */
public final class FanOut {
    private static final Thread.Builder.OfVirtual THREADS = Thread.ofVirtual().name("request-part-", 0);

    private FanOut() {}

    /**
     * The results in the order of the parts.
     *
     * @throws RuntimeException of the first part, in their order, that failed
     */
    public static <T> List<T> all(List<Callable<T>> parts) {
        var tasks = new ArrayList<FutureTask<T>>(parts.size());
        for (var part : parts) {
            tasks.add(new FutureTask<>(part));
        }
        for (int i = 1; i < tasks.size(); i++) {
            THREADS.start(tasks.get(i));
        }
        if (!tasks.isEmpty()) {
            tasks.getFirst().run();
        }
        return results(tasks);
    }

    private static <T> List<T> results(List<FutureTask<T>> tasks) {
        var results = new ArrayList<T>(tasks.size());
        RuntimeException failure = null;
        for (var task : tasks) {
            try {
                results.add(await(task));
            } catch (RuntimeException failed) {
                failure = failure == null ? failed : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static <T> T await(FutureTask<T> task) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException stop) {
                    interrupted = true; // the part is answered or fails by itself; its caller decides what then
                } catch (ExecutionException failed) {
                    throw asRuntime(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException asRuntime(@Nullable Throwable cause) {
        return switch (cause) {
            case RuntimeException runtime -> runtime;
            case Error error -> throw error;
            case null, default -> new IllegalStateException(cause);
        };
    }
}
