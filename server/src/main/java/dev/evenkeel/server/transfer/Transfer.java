package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carries pages from a source to a sink, parts side by side, and notes how far it is.
 *
 * <p>A page is committed and its position noted in one lock, and the state is written in that lock behind a flush of the
 * sink. So what the state says is in the sink is there after any crash, and what is in the sink beyond it, sinks that must
 * not have an item twice cut off when they are opened again. Between two writes of the state lies a second; that much is
 * done again after a crash, and nothing after an interrupt or a failure.
 */
final class Transfer {
    static final Duration SAVE_EVERY = Duration.ofSeconds(1);

    private final Source source;
    private final Sink sink;
    private final TransferState state;
    private final Progress progress;
    private final Ticker ticker;
    private final StopSignal stop;
    private final Semaphore places;
    private final long saveEveryNanos;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Object lock = new Object();
    private @Nullable Throwable failure; // in the lock
    private long savedNanos; // in the lock

    /** @param parallel parts that are read at the same time, at most */
    Transfer(
            Source source,
            Sink sink,
            TransferState state,
            Progress progress,
            Ticker ticker,
            StopSignal stop,
            int parallel,
            Duration saveEvery) {
        this.source = source;
        this.sink = sink;
        this.state = state;
        this.progress = progress;
        this.ticker = ticker;
        this.stop = stop;
        this.places = new Semaphore(parallel);
        this.saveEveryNanos = saveEvery.toNanos();
    }

    /**
     * Carries all that is left; then the state says that all parts are done.
     *
     * @throws TransferException when it does not go on; the state is saved
     * @throws StopSignal.StoppedException when it was told to stop; the state is saved
     */
    void run() {
        begin();
        var threads = new ArrayList<Thread>();
        List<PartState> parts = state.parts();
        for (int part = 0; part < parts.size(); part++) {
            if (!parts.get(part).done()) {
                threads.add(start(part, parts.get(part)));
            }
        }
        threads.forEach(Transfer::join);
        end();
    }

    /** A state that cannot be written is told before anything is done. */
    private void begin() {
        synchronized (lock) {
            try {
                state.save();
            } catch (IOException e) {
                throw unsaved(e);
            }
            savedNanos = ticker.nanos();
            progress.stored(state.items());
        }
    }

    private Thread start(int part, PartState from) {
        return Thread.ofVirtual().name("transfer-" + part).start(() -> {
            places.acquireUninterruptibly();
            try {
                carry(part, from);
            } catch (IOException | RuntimeException | Error e) {
                failed(e);
            } finally {
                places.release();
            }
        });
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable cause) {
        ending.set(true);
        synchronized (lock) {
            if (failure == null || failure instanceof StopSignal.StoppedException) {
                failure = cause;
            }
        }
    }

    private boolean isEnding() {
        return ending.get() || stop.isGiven();
    }

    private void carry(int part, PartState from) throws IOException {
        if (isEnding()) {
            return;
        }
        PartState at = from;
        try (Source.PartReader reader = source.open(part, from)) {
            Source.Page page = reader.next();
            while (page != null) {
                Sink.Taken taken = sink.take(part, page.items());
                at = commit(part, at, page, taken);
                if (isEnding()) {
                    return;
                }
                page = reader.next();
            }
        }
        synchronized (lock) {
            state.set(part, at.ended());
        }
    }

    private PartState commit(int part, PartState before, Source.Page page, Sink.Taken taken) throws IOException {
        synchronized (lock) {
            String mark = taken.commit();
            PartState after = before.advanced(page.next(), mark, page.items().size());
            state.set(part, after);
            if (ticker.nanos() - savedNanos >= saveEveryNanos) {
                save();
            }
            progress.read(page.advanced());
            progress.stored(page.items().size());
            progress.maybeDraw();
            return after;
        }
    }

    private void save() throws IOException {
        sink.force();
        try {
            state.save();
        } catch (IOException e) {
            throw unsaved(e);
        }
        savedNanos = ticker.nanos();
    }

    private TransferException unsaved(IOException e) {
        return new TransferException("The state " + state.file() + " cannot be written: " + e.getMessage(), e);
    }

    private void end() {
        synchronized (lock) {
            try {
                save();
            } catch (IOException | TransferException e) {
                failed(e); // a state from before is there
            }
            switch (failure) {
                case null -> {
                    if (stop.isGiven() && !isDone()) {
                        throw new StopSignal.StoppedException();
                    }
                }
                case IOException e -> throw new TransferException(String.valueOf(e.getMessage()), e);
                case RuntimeException e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }
    }

    private boolean isDone() {
        return state.parts().stream().allMatch(PartState::done);
    }
}
