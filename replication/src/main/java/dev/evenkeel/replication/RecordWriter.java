package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Puts records at the end of the active segment, through a buffer. The writer's.
 *
 * <p>A batch that does not fit in the buffer is written in whole pages up to its end. A system that writes a page back
 * before we are through with it could otherwise leave half of a sector behind when the power goes, with later ones whole,
 * and that is no torn end for {@link SegmentScan}.
 */
final class RecordWriter {
    /** A few hundred records of the usual size go out in one write. */
    private static final int BUFFER_BYTES = 256 << 10;

    private static final int PAGE_BYTES = 4 << 10;

    private final RecordFormat format = new RecordFormat();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final Segments segments;
    private Segment active;
    /** Behind the last byte written to the active segment. */
    private long end;
    /** Behind the last byte flushed to it. */
    private long flushedEnd;

    RecordWriter(Segments segments) {
        this.segments = segments;
        this.active = segments.active();
        this.end = active.end;
        this.flushedEnd = end;
    }

    /** There is a new active segment. */
    void rolled() {
        active = segments.active();
        end = active.end;
        flushedEnd = end;
    }

    long end() {
        return end;
    }

    void put(int group, LogEntry entry) throws IOException {
        makeRoom(RecordFormat.HEADER_BYTES);
        long offset = end + buffer.position();
        format.putHeader(buffer, active.header.salt(), offset, group, entry, flushedEnd);
        putPayload(entry.payload());
    }

    void put(int group, RaftRecordKind kind, long index, long term, byte[] payload) throws IOException {
        makeRoom(RecordFormat.RAFT_HEADER_BYTES);
        long offset = end + buffer.position();
        format.putHeader(buffer, active.header.salt(), offset, group, kind, index, term, payload, flushedEnd);
        putPayload(payload);
    }

    private void makeRoom(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            drainPages();
        }
    }

    private void putPayload(byte[] payload) throws IOException {
        for (int at = 0; at < payload.length; ) {
            if (!buffer.hasRemaining()) {
                drainPages();
            }
            int part = Math.min(buffer.remaining(), payload.length - at);
            buffer.put(payload, at, part);
            at += part;
        }
    }

    /** Writes what the buffer holds: the batch is complete. */
    void drain() throws IOException {
        buffer.flip();
        write();
        buffer.clear();
    }

    /** Writes what the buffer holds of whole pages. */
    private void drainPages() throws IOException {
        int held = buffer.position();
        int kept = (int) ((end + held) % PAGE_BYTES);
        buffer.flip().limit(held - kept);
        write();
        buffer.limit(held).compact();
    }

    private void write() throws IOException {
        while (buffer.hasRemaining()) {
            int count = active.file.write(buffer, end);
            if (count <= 0) {
                throw new IOException(active.file.path() + " takes no more bytes");
            }
            end += count;
        }
    }

    void flush() throws IOException {
        if (flushedEnd != end) {
            active.file.sync();
            flushedEnd = end;
        }
    }

    /** Undoes what was written since the segment's end, and makes sure that no restart finds it. */
    void cutBack() throws IOException {
        buffer.clear();
        if (end != active.end) {
            active.file.truncate(active.end);
            active.file.sync();
            end = active.end;
            flushedEnd = end;
        }
    }
}
