package dev.evenkeel.replication;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The write-ahead log of a node, shared by all its groups: one thread, one file at a time, one flush for whatever came
 * in since the last one.
 *
 * <p>The folder holds segments, files named by a number of 16 digits and {@code .log}; see {@link SegmentHeader} and
 * {@link RecordFormat} for their bytes, {@link SegmentScan} for what counts as damage when they are read back, {@link
 * LogWriter} for what happens when the disk fails, and {@link Reclaimer} for when they are deleted. The folder must be
 * nobody else's.
 */
public final class NodeLog extends SoloLog {
    private static final int REPLAY_ENTRIES = 1024;
    private static final long REPLAY_BYTES = 8 << 20;

    private final Map<Integer, DiskGroup> groups = new ConcurrentHashMap<>();
    private final Map<Integer, DiskRaftLog> raftLogs = new ConcurrentHashMap<>();
    private final RaftStates raft;
    private final NodeLogSettings settings;
    private final Segments segments;
    private final Intake intake;
    private final Reclaimer reclaimer;
    private final Thread writer;
    private final CompletableFuture<String> halted = new CompletableFuture<>();
    private final Executor maintenance;
    private final AtomicBoolean reclaiming = new AtomicBoolean();
    private final Runnable closeMaintenance;

    /**
     * Opens the log in a folder that is there, reads it through, and cuts off an end that a crash has torn.
     *
     * @throws LogCorruptException when it is damaged elsewhere, or of a newer format
     * @throws LogUnavailableException when the operating system does not let us
     */
    public static NodeLog open(Path folder, NodeLogSettings settings) {
        var maintenance = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().name("evenkeel-log-reclaim").daemon().factory());
        try {
            return open(new FolderLogFiles(folder), settings, Ticker.system(), maintenance, maintenance::close);
        } catch (RuntimeException e) {
            maintenance.close();
            throw e;
        }
    }

    /** Whether a folder, which is there, has a log, or what is left of one. */
    public static boolean isIn(Path folder) {
        try {
            return new FolderLogFiles(folder)
                    .list().stream().anyMatch(name -> Segment.isName(name) || name.equals(FlushedMark.NAME));
        } catch (IOException e) {
            throw new LogUnavailableException("the log cannot be looked for: " + e, e);
        }
    }

    static NodeLog open(LogFiles files, NodeLogSettings settings, Ticker ticker) {
        return open(files, settings, ticker, Runnable::run, () -> {});
    }

    private static NodeLog open(
            LogFiles files, NodeLogSettings settings, Ticker ticker, Executor maintenance, Runnable closeMaintenance) {
        try {
            var raft = new RaftStates(settings.recentBytesMax());
            return new NodeLog(Segments.open(files, raft), raft, settings, ticker, maintenance, closeMaintenance);
        } catch (IOException e) {
            throw new LogUnavailableException("the log cannot be opened: " + e, e);
        }
    }

    private NodeLog(
            Segments segments,
            RaftStates raft,
            NodeLogSettings settings,
            Ticker ticker,
            Executor maintenance,
            Runnable closeMaintenance) {
        this.segments = segments;
        this.raft = raft;
        this.settings = settings;
        this.maintenance = maintenance;
        this.closeMaintenance = closeMaintenance;
        this.intake = new Intake(settings.queueBytesMax(), ticker);
        this.reclaimer = new Reclaimer(segments, groups, raft, raftLogs, settings.logBytesMax());
        this.writer = Thread.ofPlatform()
                .name("evenkeel-log")
                .daemon()
                .start(new LogWriter(segments, intake, raft, settings, this::reclaimLater, halted::complete));
    }

    @Override
    GroupLog open(int groupId, StateMachine machine) {
        if (groups.containsKey(groupId)) {
            throw new IllegalStateException("group " + groupId + " is open already");
        }
        if (raft.has(groupId)) {
            throw new IllegalStateException("group " + groupId + " is a Raft group");
        }
        long lastLsn = replay(groupId, machine);
        var range = segments.range(groupId);
        long forgotten = range == null ? lastLsn : range[0] - 1;
        var tails = new TailHub(
                groupId,
                lastLsn,
                forgotten,
                settings.recentBytesMax(),
                afterLsn -> new GroupReader(segments, groupId, afterLsn));
        var group = new DiskGroup(groupId, machine, this, intake, tails, lastLsn);
        groups.put(groupId, group);
        return group;
    }

    /** Applies what the machine has not seen, and returns the group's last LSN. */
    private long replay(int groupId, StateMachine machine) {
        long applied = machine.appliedLsn();
        var range = segments.range(groupId);
        if (range == null) {
            if (segments.isNew && applied > 0) {
                throw new LogTruncatedException(
                        "group " + groupId + ": the store is at LSN " + applied + ", but there is no log", null);
            }
            return applied;
        }
        if (applied < range[0] - 1) {
            throw new LogTruncatedException(
                    "group " + groupId + ": the store is at LSN " + applied + ", but the log begins at " + range[0],
                    null);
        }
        if (applied > range[1]) {
            throw new LogTruncatedException(
                    "group " + groupId + ": the store is at LSN " + applied + ", but the log ends at " + range[1],
                    null);
        }
        try (var reader = new GroupReader(segments, groupId, applied)) {
            while (applied < range[1]) {
                var entries = reader.read(range[1], REPLAY_ENTRIES, REPLAY_BYTES);
                if (entries.isEmpty()) {
                    throw new LogUnavailableException("group " + groupId + ": replay was interrupted", null);
                }
                machine.apply(entries);
                applied = entries.getLast().lsn();
            }
        }
        return applied;
    }

    void closed(DiskGroup group) {
        groups.remove(group.id, group);
    }

    /**
     * A Raft group's log and vote; empty when the log has nothing of the group.
     *
     * @throws IllegalStateException when it is open already, or a solo group's
     */
    public RaftLog openRaft(int groupId) {
        return openRaft(groupId, () -> {});
    }

    /**
     * The same for a group that can be asked to pass.
     *
     * @param holdsSpace called, from any thread and maybe again and again, while the log is larger than it should be and
     *     the group's first entries are in its oldest segment: time for a snapshot. Must not block
     */
    public RaftLog openRaft(int groupId, Runnable holdsSpace) {
        return openedRaft(groupId, holdsSpace);
    }

    private DiskRaftLog openedRaft(int groupId, Runnable holdsSpace) {
        if (groups.containsKey(groupId) || segments.range(groupId) != null) {
            throw new IllegalStateException("group " + groupId + " is a solo group");
        }
        var log = new DiskRaftLog(groupId, raft, this, intake, segments, holdsSpace);
        if (raftLogs.putIfAbsent(groupId, log) != null) {
            throw new IllegalStateException("group " + groupId + " is open already");
        }
        return log;
    }

    /**
     * Forgets a Raft group whose replica has left this node for good: its entries, and its vote. Returns when that is
     * durable. The group must not be open.
     */
    public void dropRaft(int groupId) {
        var log = openedRaft(groupId, () -> {});
        try {
            log.drop();
        } finally {
            log.close();
        }
    }

    void closed(DiskRaftLog log) {
        raftLogs.remove(log.id, log);
    }

    private void reclaimLater() {
        if (reclaiming.compareAndSet(false, true)) {
            maintenance.execute(() -> {
                reclaiming.set(false);
                reclaimer.run();
            });
        }
    }

    /** Gives back space that is not needed any more, which otherwise happens with each new segment. */
    public void reclaim() {
        reclaimer.run();
    }

    /** Whether it has nothing of any Raft group, no vote either. */
    public boolean isEmpty() {
        return raft.isEmpty();
    }

    /** Completes, with the reason, when the log takes no more writes until it is opened anew: nobody knows what is durable. */
    public CompletionStage<String> halted() {
        return halted.minimalCompletionStage();
    }

    /** What the log takes on disk. */
    public long bytes() {
        return segments.bytes();
    }

    /** Writes what is queued, then closes the files. */
    @Override
    public void close() {
        intake.close();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // the log is closed all the same
            }
        }
        closeMaintenance.run();
        segments.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
