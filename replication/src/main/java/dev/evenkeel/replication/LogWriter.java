package dev.evenkeel.replication;

import dev.evenkeel.replication.LogWrite.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes a node's log: takes whatever was queued meanwhile, writes it, flushes it once, applies it solo
 * group by solo group, answers. Raft groups are answered as soon as their records are durable. While it flushes, the next batch gathers, so the batches grow with the load.
 *
 * <p>What can go wrong, and what becomes of the batch and of those queued behind it:
 *
 * <pre>
 * no new segment, or no write   the file is cut back to its last good end and flushed;
 *                               all surely failed; the next batch tries again
 * … and the cut failed, too     the batch unknown, the queue failed; no more writes until a restart
 * no flush                      the same: the system may have dropped the pages, and a second flush would not say so
 * no apply                      the solo group's part of the batch unknown, its queue failed; that group stalls, see
 *                               {@link Intake}
 * </pre>
 */
final class LogWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    private final RecordWriter records;
    private final Segments segments;
    private final Intake intake;
    private final RaftStates raft;
    private final NodeLogSettings settings;
    private final Runnable rolled;
    private final Consumer<String> halted;
    private final List<DiskGroup> touched = new ArrayList<>();

    LogWriter(
            Segments segments,
            Intake intake,
            RaftStates raft,
            NodeLogSettings settings,
            Runnable rolled,
            Consumer<String> halted) {
        this.halted = halted;
        this.records = new RecordWriter(segments);
        this.segments = segments;
        this.intake = intake;
        this.raft = raft;
        this.settings = settings;
        this.rolled = rolled;
    }

    @Override
    public void run() {
        Intake.Work work;
        while ((work = intake.take()) != null) {
            var batch = work.writes();
            try {
                work.retries().forEach(this::retry);
                if (!batch.isEmpty()) {
                    write(batch);
                }
            } catch (Throwable e) { // ours to have foreseen; but nobody may wait for ever
                halt(batch, "the log's writer failed", e);
            }
            batch.clear(); // the list goes back to the intake
        }
        flushAtEnd();
    }

    private void write(List<LogWrite> batch) {
        try {
            if (mustRoll()) {
                roll();
            }
            append(batch);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            takeBack(batch, e);
            return;
        }
        try {
            records.flush();
        } catch (IOException e) {
            halt(batch, "the log could not be flushed", e);
            return;
        }
        segments.flushed(records.end());
        publish(batch);
        apply(batch);
    }

    /** A segment is long enough, or, with the first Raft group, of a version that has no records for it. */
    private boolean mustRoll() {
        var active = segments.active();
        return active.end >= settings.segmentBytes()
                || active.header.version() == SegmentHeader.VERSION_SOLO && !raft.isEmpty();
    }

    private void roll() throws IOException {
        records.flush();
        segments.roll(raft.statement());
        records.rolled();
        rolled.run();
    }

    private void append(List<LogWrite> batch) throws IOException {
        for (var write : batch) {
            write.put(records);
        }
        records.drain();
    }

    /** Notes where the batch's records are. They count as durable from here on. */
    private void publish(List<LogWrite> batch) {
        var active = segments.active();
        long offset = active.end;
        active.end = records.end();
        for (var write : batch) {
            switch (write) {
                case DiskProposal proposal -> publish(proposal, offset);
                case RaftWrite change -> {
                    change.publish(active, offset);
                    change.complete(LogWrite.DONE);
                }
            }
            offset += write.recordBytes();
        }
        for (var group : touched) {
            segments.extend(group.id, group.durableLsn, offset, group.durableLsn);
        }
    }

    private void publish(DiskProposal proposal, long offset) {
        var group = proposal.group;
        long lsn = proposal.lsn();
        if (!touched.contains(group)) {
            touched.add(group);
            segments.extend(group.id, lsn, offset, lsn);
        }
        group.durable(proposal.entry);
    }

    private void apply(List<LogWrite> batch) {
        for (var group : touched) {
            var failure = group.apply();
            if (failure != null) {
                stall(group, failure);
            }
        }
        touched.clear();
        intake.settled(batch);
        for (var write : batch) {
            if (write instanceof DiskProposal proposal) {
                proposal.complete(outcome(proposal));
            }
        }
    }

    private static Outcome outcome(DiskProposal proposal) {
        var group = proposal.group;
        return proposal.lsn() <= group.tails().appliedLsn()
                ? LogWrite.DONE
                : new Outcome.Unknown(
                        "group " + group.id + ": entry " + proposal.lsn() + " is durable but could not be applied yet",
                        null);
    }

    private void stall(DiskGroup group, Throwable failure) {
        LOG.error("Group {} does not take its entries; it refuses writes until it does", group.id, failure);
        var reason = new Outcome.Refused(
                "group " + group.id + " takes no writes until its store does: " + failure.getMessage(), failure);
        intake.stall(group, failure).forEach(proposal -> proposal.complete(reason));
    }

    private void retry(DiskGroup group) {
        var failure = group.apply();
        if (failure == null) {
            LOG.info("Group {} takes its entries again", group.id);
            intake.resume(group);
        } else {
            intake.stall(group, failure);
        }
    }

    /** The batch has not been flushed: undo what was written of it. */
    private void takeBack(List<LogWrite> batch, Throwable cause) {
        try {
            records.cutBack();
        } catch (IOException e) {
            cause.addSuppressed(e);
            halt(batch, "the log could not be written, nor cut back to its last good end", cause);
            return;
        }
        LOG.error("{} writes failed: the log could not be written", batch.size(), cause);
        var reason = new Outcome.Refused(
                cause instanceof NoSpaceException
                        ? "the disk of the log is full: " + cause.getMessage()
                        : "the log could not be written: " + cause,
                cause);
        complete(intake.failed(batch, reason, false), reason);
        intake.settled(batch);
        complete(batch, reason);
    }

    private void halt(List<LogWrite> batch, String what, Throwable cause) {
        LOG.error("No more writes until a restart: {}", what, cause);
        var reason = new Outcome.Refused("no writes until a restart: " + what + ": " + cause, cause);
        complete(intake.failed(batch, reason, true), reason);
        intake.settled(batch);
        complete(batch, new Outcome.Unknown(what + ": " + cause, cause));
        halted.accept(what + ": " + cause);
    }

    private static void complete(List<LogWrite> writes, Outcome outcome) {
        writes.forEach(write -> write.complete(outcome));
    }

    private void flushAtEnd() {
        try {
            records.flush();
        } catch (IOException e) {
            LOG.error("The log could not be flushed at its end", e);
        }
    }
}
