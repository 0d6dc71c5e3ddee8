package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Reads a segment through when the log is opened.
 *
 * <p>Only the end of the last segment can be torn, since each batch is flushed before the next one is written, and a
 * segment before the next one is made. So a record that does not check out is the torn end if nothing readable follows
 * it. If something does, it is the torn end only when that belongs to the same batch, flushed by the same flush, and the
 * gap has a sector that was never written: a machine that loses power may have written the later sectors of a batch and
 * not the earlier ones. All else is damage, and we touch nothing.
 */
final class SegmentScan {
    private static final int SECTOR_BYTES = 512;
    private static final int CHUNK_BYTES = 1 << 20;

    private final Segment segment;
    private final long size;
    /** The last LSN of each group in this and the earlier segments. */
    private final Map<Integer, Long> lastLsns;

    private final RaftStates raft;

    SegmentScan(Segment segment, long size, Map<Integer, Long> lastLsns, RaftStates raft) {
        this.segment = segment;
        this.size = size;
        this.lastLsns = lastLsns;
        this.raft = raft;
    }

    /**
     * Fills in the segment's spans and its end, which is below the size of the file when the rest is torn.
     *
     * @param mayBeTorn whether it is the last segment
     */
    void run(boolean mayBeTorn) throws IOException {
        var reader = new SegmentReader(segment.file, segment.header, SegmentHeader.BYTES);
        while (true) {
            switch (reader.next(size)) {
                case RECORD -> take(reader);
                case END -> {
                    segment.end = size;
                    return;
                }
                case BAD -> {
                    if (!mayBeTorn || isDamage(reader.offset())) {
                        throw corrupt(reader.offset(), "the record there does not match its checksum");
                    }
                    segment.end = reader.offset();
                    return;
                }
            }
        }
    }

    private void take(SegmentReader reader) {
        var kind = reader.kind();
        if (kind != null) {
            takeRaft(reader, kind);
            return;
        }
        var before = lastLsns.put(reader.group(), reader.lsn());
        if (before != null && reader.lsn() != before + 1) {
            throw corrupt(
                    reader.offset(), "group " + reader.group() + " goes from LSN " + before + " to " + reader.lsn());
        }
        segment.extend(reader.group(), reader.lsn(), reader.offset(), reader.lsn());
    }

    private void takeRaft(SegmentReader reader, RaftRecordKind kind) {
        try {
            raft.find(segment, reader, kind);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw corrupt(reader.offset(), "the record there does not fit those before it: " + e.getMessage());
        }
    }

    private boolean isDamage(long bad) throws IOException {
        long next = findRecord(bad + 1);
        if (next < 0) {
            return false;
        }
        var reader = new SegmentReader(segment.file, segment.header, next);
        if (reader.next(size) != SegmentReader.Outcome.RECORD) {
            throw new IOException(segment.file.path() + " changes while it is read");
        }
        return reader.flushed() > bad || !hasUnwrittenSector(bad, next, reader.flushed());
    }

    /** The offset of the first intact record from an offset on, −1 when there is none. */
    private long findRecord(long from) throws IOException {
        var chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, size - from + 1));
        for (long base = from; base + RecordFormat.HEADER_BYTES <= size; ) {
            readFully(chunk, base);
            int last = chunk.limit() - RecordFormat.HEADER_BYTES;
            for (int at = 0; at <= last; at++) {
                if (isRecord(chunk, at, base + at)) {
                    return base + at;
                }
            }
            base += last + 1;
        }
        return -1;
    }

    private boolean isRecord(ByteBuffer chunk, int at, long offset) throws IOException {
        return RecordFormat.isPlausible(chunk, at, segment.header.version(), offset, size - offset)
                && (RecordFormat.isRaft(chunk, at)
                        || follows(RecordFormat.group(chunk, at), RecordFormat.lsn(chunk, at)))
                && new SegmentReader(segment.file, segment.header, offset).next(size) == SegmentReader.Outcome.RECORD;
    }

    /** Spares us most checksums: an LSN cannot be further on than there are bytes. */
    private boolean follows(int group, long lsn) {
        var before = lastLsns.get(group);
        return before == null || lsn > before && lsn <= before + size;
    }

    /**
     * Whether a sector between two offsets of a batch is as it was before the batch: nothing in it, or, if the batch
     * begins in it, nothing from there on.
     */
    private boolean hasUnwrittenSector(long from, long to, long batchStart) throws IOException {
        var sector = ByteBuffer.allocate(SECTOR_BYTES);
        for (long at = from - from % SECTOR_BYTES; at + SECTOR_BYTES <= to; at += SECTOR_BYTES) {
            readFully(sector, at);
            if (isZero(sector, (int) Math.max(0, batchStart - at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isZero(ByteBuffer sector, int from) {
        for (int i = from; i < sector.limit(); i++) {
            if (sector.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void readFully(ByteBuffer target, long offset) throws IOException {
        target.clear();
        while (target.hasRemaining() && segment.file.read(target, offset + target.position()) >= 0) {
            // as much as there is
        }
        target.flip();
    }

    private LogCorruptException corrupt(long offset, String what) {
        return corrupt(segment.file, offset, what);
    }

    static LogCorruptException corrupt(LogFile file, long offset, String what) {
        return new LogCorruptException(
                "Log file " + file.path() + " is damaged at offset " + offset + ": " + what, null);
    }
}
