package dev.evenkeel.metadata;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.replication.LogEntry;
import dev.evenkeel.replication.OutcomeUnknownException;
import dev.evenkeel.replication.ReplicatedStateMachine;
import dev.evenkeel.replication.SnapshotCorruptException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The catalog's replicated state: applies the changes of its group's log, in their order, to the image. Whether a change
 * is refused is decided here and nowhere else, so every replica decides alike.
 *
 * <p>With a folder it keeps a snapshot there, written only when {@link #persist} asks for one: the log behind it is the
 * durable truth. The folder is used by one state machine at a time; whoever opens it holds the data folder's lock.
 */
public final class CatalogStateMachine implements ReplicatedStateMachine {

    /** One consistent view for readers of both: what is applied, and up to where. */
    private record Applied(CatalogImage image, long lsn) {}

    /** Names the one waiting for an entry; see {@link CatalogEntry}. */
    record ProposalId(long proposer, long proposal) {}

    /** What came of one entry: an image, or why there is none. Decided once, by the applying thread. */
    static final class Outcome {
        private final CompletableFuture<CatalogImage> image = new CompletableFuture<>();

        /**
         * Waits until this replica has applied the entry.
         *
         * @throws OutcomeUnknownException when that takes too long
         */
        CatalogImage await(Duration patience) {
            try {
                return image.get(patience.toNanos(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException refused) {
                throw refused.getCause() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException(refused.getCause());
            } catch (TimeoutException late) {
                throw new OutcomeUnknownException("the change of the catalog has not shown here", late);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new OutcomeUnknownException("interrupted while the catalog changed", stop);
            }
        }
    }

    private final @Nullable SnapshotFile file;
    private final Map<ProposalId, Outcome> awaited = new ConcurrentHashMap<>();
    private final List<Consumer<CatalogImage>> listeners = new ArrayList<>(); // guarded by itself
    private final ReentrantLock published = new ReentrantLock();
    private final Condition newer = published.newCondition();
    private volatile Applied applied;
    private volatile long persistedLsn;

    private CatalogStateMachine(@Nullable SnapshotFile file, Applied applied) {
        this.file = file;
        this.applied = applied;
        this.persistedLsn = applied.lsn;
    }

    /** An empty catalog that keeps nothing. */
    public static CatalogStateMachine inMemory() {
        return new CatalogStateMachine(null, new Applied(CatalogImage.EMPTY, 0));
    }

    /**
     * The catalog as of the snapshot in that folder, empty when there is none yet; the log must then bring what follows
     * {@link #appliedLsn()}.
     *
     * @throws CorruptCatalogException naming the file, when it is damaged or from a newer release
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public static CatalogStateMachine open(Path folder) {
        var file = new SnapshotFile(folder);
        var found = file.read();
        var applied = found.map(snapshot -> new Applied(snapshot.image(), snapshot.appliedLsn()))
                .orElse(new Applied(CatalogImage.EMPTY, 0));
        return new CatalogStateMachine(file, applied);
    }

    CatalogImage image() {
        return applied.image;
    }

    @Override
    public void apply(List<LogEntry> entries) {
        for (var entry : entries) {
            if (entry.lsn() > applied.lsn) { // else the snapshot has it already
                apply(entry);
            }
        }
    }

    private void apply(LogEntry logged) {
        var entry = CatalogEntry.decode(logged.payload());
        var outcome = awaited.get(new ProposalId(entry.proposer(), entry.proposal()));
        try {
            var next = CatalogTransition.apply(applied.image, entry.change(), logged.lsn());
            publish(next, logged.lsn());
            if (outcome != null) {
                outcome.image.complete(next);
            }
        } catch (DynamoException | StaleTableException | RefusedChangeException refused) {
            applied = new Applied(applied.image, logged.lsn());
            if (outcome != null) {
                outcome.image.completeExceptionally(refused);
            }
        }
    }

    private void publish(CatalogImage next, long lsn) {
        synchronized (listeners) {
            applied = new Applied(next, lsn);
            listeners.forEach(listener -> listener.accept(next));
        }
        published.lock();
        try {
            newer.signalAll();
        } finally {
            published.unlock();
        }
    }

    /**
     * The first image from now on that is as wanted.
     *
     * @throws OutcomeUnknownException when it does not come in time
     */
    CatalogImage await(Predicate<CatalogImage> wanted, Duration patience) {
        published.lock();
        try {
            long left = patience.toNanos();
            var image = applied.image;
            while (!wanted.test(image)) {
                if (left <= 0) {
                    throw new OutcomeUnknownException("the catalog has not come so far in time", null);
                }
                left = newer.awaitNanos(left);
                image = applied.image;
            }
            return image;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknownException("interrupted while the catalog was behind", stop);
        } finally {
            published.unlock();
        }
    }

    void listen(Consumer<CatalogImage> listener) {
        synchronized (listeners) {
            listeners.add(listener);
            listener.accept(applied.image);
        }
    }

    Outcome await(ProposalId id) {
        var outcome = new Outcome();
        awaited.put(id, outcome);
        return outcome;
    }

    void forget(ProposalId id) {
        awaited.remove(id);
    }

    @Override
    public long appliedLsn() {
        return applied.lsn;
    }

    @Override
    public long persistedLsn() {
        return file == null ? applied.lsn : persistedLsn;
    }

    @Override
    public void checkpoint(Path folder) {
        var now = applied;
        new SnapshotFile(folder).write(new SnapshotFile.Snapshot(now.image, now.lsn));
    }

    @Override
    public void restore(Path folder) {
        try {
            var found = new SnapshotFile(folder)
                    .read()
                    .orElseThrow(() -> new CorruptCatalogException(folder + " holds no snapshot of a catalog"));
            publish(found.image(), found.appliedLsn());
        } catch (CorruptCatalogException damaged) {
            throw new SnapshotCorruptException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    /** Writes a snapshot, unless the newest one is already of this moment. Callable while changes are applied. */
    @Override
    public synchronized void persist() {
        var now = applied;
        if (file != null && now.lsn > persistedLsn) {
            file.write(new SnapshotFile.Snapshot(now.image, now.lsn));
            persistedLsn = now.lsn;
        }
    }
}
