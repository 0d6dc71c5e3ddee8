package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads records one after the other. What it stands on is valid until it moves. */
final class SegmentReader {
    enum Outcome {
        RECORD,
        /** The offset is where the bytes end. */
        END,
        /** The bytes at the offset are no record. */
        BAD
    }

    private static final int WINDOW_BYTES = 128 << 10;

    private final RecordFormat format = new RecordFormat();
    private final LogFile file;
    private final SegmentHeader header;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).limit(0); // position and limit span what is unread
    private long offset; // of the current record, or where the next one is looked for
    private int recordBytes; // 0 when on none

    SegmentReader(LogFile file, SegmentHeader header, long offset) {
        this.file = file;
        this.header = header;
        this.offset = offset;
    }

    /** Moves on to the next record, which ends at {@code end} at the latest. */
    Outcome next(long end) throws IOException {
        offset += recordBytes;
        window.position(window.position() + recordBytes);
        recordBytes = 0;
        long left = end - offset;
        if (left == 0) {
            return Outcome.END;
        }
        if (left < RecordFormat.HEADER_BYTES
                || !load(RecordFormat.HEADER_BYTES)
                || !RecordFormat.isPlausible(window, window.position(), header.version(), offset, left)) {
            return Outcome.BAD;
        }
        int bytes = RecordFormat.HEADER_BYTES + RecordFormat.length(window, window.position());
        if (!load(bytes)
                || !format.isIntact(window, window.position(), header.salt(), offset)
                || !RecordFormat.isKnown(window, window.position())) {
            return Outcome.BAD;
        }
        recordBytes = bytes;
        return Outcome.RECORD;
    }

    /** Sees to it that so many bytes from the offset on are in the window; false when the file does not have them. */
    private boolean load(int bytes) throws IOException {
        if (window.remaining() >= bytes) {
            return true;
        }
        window.compact();
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocate(bytes).put(window.flip());
        }
        while (window.position() < bytes) {
            if (file.read(window, offset + window.position()) < 0) {
                break;
            }
        }
        window.flip();
        return window.remaining() >= bytes;
    }

    long offset() {
        return offset;
    }

    /** The offset behind the current record. */
    long end() {
        return offset + recordBytes;
    }

    int group() {
        return RecordFormat.group(window, window.position());
    }

    long lsn() {
        return RecordFormat.lsn(window, window.position());
    }

    long flushed() {
        return RecordFormat.flushed(window, window.position());
    }

    /** What a Raft group's record says; null for an entry of a solo group. */
    @Nullable
    RaftRecordKind kind() {
        return RecordFormat.kind(window, window.position());
    }

    /** Of a Raft group's record. */
    long term() {
        return RecordFormat.term(window, window.position());
    }

    /** Of a Raft group's record. */
    byte[] payload() {
        int start = window.position();
        return Arrays.copyOfRange(window.array(), start + RecordFormat.RAFT_HEADER_BYTES, start + recordBytes);
    }

    /** Of a solo group. */
    LogEntry entry() {
        int start = window.position();
        var payload = Arrays.copyOfRange(window.array(), start + RecordFormat.HEADER_BYTES, start + recordBytes);
        return new LogEntry(lsn(), payload);
    }
}
