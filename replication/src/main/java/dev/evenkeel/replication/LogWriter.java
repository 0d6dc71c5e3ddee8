package dev.evenkeel.replication;

import dev.evenkeel.replication.DiskProposal.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that writes a node's log: takes whatever was queued meanwhile, writes it, flushes it once, applies it group
 * by group, answers. While it flushes, the next batch gathers, so the batches grow with the load.
 *
 * <p>What can go wrong, and what becomes of the batch and of those queued behind it:
 *
 * <pre>
 * no new segment, or no write   the file is cut back to its last good end and flushed;
 *                               all surely failed; the next batch tries again
 * … and the cut failed, too     the batch unknown, the queue failed; no more writes until a restart
 * no flush                      the same: the system may have dropped the pages, and a second flush would not say so
 * no apply                      the batch unknown, the group's queue failed; that group stalls, see {@link Intake}
 * </pre>
 */
final class LogWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LogWriter.class);

    /** A few hundred records of the usual size go out in one write. */
    private static final int BUFFER_BYTES = 256 << 10;

    private final RecordFormat format = new RecordFormat();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Segments segments;
    private final Intake intake;
    private final NodeLogSettings settings;
    private final Runnable rolled;
    private final List<DiskGroup> touched = new ArrayList<>();
    /** Behind the last byte written to the active segment. */
    private long end;
    /** Behind the last byte flushed to it. */
    private long flushedEnd;

    LogWriter(Segments segments, Intake intake, NodeLogSettings settings, Runnable rolled) {
        this.segments = segments;
        this.intake = intake;
        this.settings = settings;
        this.rolled = rolled;
        this.end = segments.active().end;
        this.flushedEnd = end;
    }

    @Override
    public void run() {
        Intake.Work work;
        while ((work = intake.take()) != null) {
            var batch = work.proposals();
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

    private void write(List<DiskProposal> batch) {
        try {
            if (segments.active().end >= settings.segmentBytes()) {
                roll();
            }
            append(batch);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            takeBack(batch, e);
            return;
        }
        try {
            flush();
        } catch (IOException e) {
            halt(batch, "the log could not be flushed", e);
            return;
        }
        segments.active().end = end;
        publish(batch);
        apply(batch);
    }

    private void roll() throws IOException {
        flush();
        segments.roll();
        end = segments.active().end;
        flushedEnd = end;
        rolled.run();
    }

    private void flush() throws IOException {
        if (flushedEnd != end) {
            segments.active().file.sync();
            flushedEnd = end;
        }
    }

    private void append(List<DiskProposal> batch) throws IOException {
        long salt = segments.active().header.salt();
        buffer.clear();
        for (var proposal : batch) {
            if (buffer.remaining() < RecordFormat.HEADER_BYTES) {
                drain();
            }
            var entry = proposal.entry;
            long offset = end + buffer.position();
            format.putHeader(buffer, salt, offset, proposal.group.id, entry, flushedEnd);
            putPayload(entry.payload());
        }
        drain();
    }

    private void putPayload(byte[] payload) throws IOException {
        for (int at = 0; at < payload.length; ) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int part = Math.min(buffer.remaining(), payload.length - at);
            buffer.put(payload, at, part);
            at += part;
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        var file = segments.active().file;
        while (buffer.hasRemaining()) {
            int count = file.write(buffer, end);
            if (count <= 0) {
                throw new IOException(file.path() + " takes no more bytes");
            }
            end += count;
        }
        buffer.clear();
    }

    /** Notes where the batch's entries are. They count as durable from here on. */
    private void publish(List<DiskProposal> batch) {
        long offset = segments.active().end;
        for (var proposal : batch) {
            offset -= RecordFormat.bytes(proposal.entry);
        }
        for (var proposal : batch) {
            var group = proposal.group;
            long lsn = proposal.entry.lsn();
            if (!touched.contains(group)) {
                touched.add(group);
                segments.extend(group.id, lsn, offset, lsn);
            }
            group.durable(proposal.entry);
            offset += RecordFormat.bytes(proposal.entry);
        }
        for (var group : touched) {
            segments.extend(group.id, group.durableLsn, offset, group.durableLsn);
        }
    }

    private void apply(List<DiskProposal> batch) {
        for (var group : touched) {
            var failure = group.apply();
            if (failure != null) {
                stall(group, failure);
            }
        }
        touched.clear();
        intake.settled(batch);
        for (var proposal : batch) {
            proposal.complete(
                    proposal.lsn() <= proposal.group.tails().appliedLsn()
                            ? DiskProposal.APPLIED
                            : new Outcome.Unknown(
                                    "group " + proposal.group.id + ": entry " + proposal.lsn()
                                            + " is durable but could not be applied yet",
                                    null));
        }
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

    /** The batch has not been flushed: undo what was written of it, and make sure that no restart finds it. */
    private void takeBack(List<DiskProposal> batch, Throwable cause) {
        var active = segments.active();
        try {
            if (end != active.end) {
                active.file.truncate(active.end);
                active.file.sync();
                end = active.end;
                flushedEnd = end;
            }
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

    private void halt(List<DiskProposal> batch, String what, Throwable cause) {
        LOG.error("No more writes until a restart: {}", what, cause);
        var reason = new Outcome.Refused("no writes until a restart: " + what + ": " + cause, cause);
        complete(intake.failed(batch, reason, true), reason);
        intake.settled(batch);
        complete(batch, new Outcome.Unknown(what + ": " + cause, cause));
    }

    private static void complete(List<DiskProposal> proposals, Outcome outcome) {
        proposals.forEach(proposal -> proposal.complete(outcome));
    }

    private void flushAtEnd() {
        try {
            flush();
        } catch (IOException e) {
            LOG.error("The log could not be flushed at its end", e);
        }
    }
}
