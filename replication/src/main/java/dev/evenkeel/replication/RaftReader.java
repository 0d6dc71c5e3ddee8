package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads one Raft group's entries back from the segments, and checks what it reads. It reads ahead, so that a follower
 * that lags costs a read of the file for many entries; there are two windows, for the two followers a leader has.
 */
final class RaftReader {
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int WINDOWS = 2;
    /** An interrupt closes the file under the reader's hands. Each try but the last takes one away. */
    private static final int TRIES_MAX = 10;

    /** A stretch of a segment, with a handle of its own: an interrupt must not close the writer's. */
    private record Window(Segment segment, LogFile file, ByteBuffer bytes) {}

    private final Segments segments;
    private final int group;
    private final RecordFormat format = new RecordFormat(); // under the lock, like all that follows
    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Window[] windows = new @Nullable Window[WINDOWS];
    /** Where the window's bytes begin in its segment. */
    private final long[] starts = new long[WINDOWS];

    private int used;
    private boolean closed;

    RaftReader(Segments segments, int group) {
        this.segments = segments;
        this.group = group;
    }

    /** The entry that is at a place of this group, which has been durable at some time. */
    RaftEntry read(Segments.Place place, long index) throws IOException {
        boolean interrupted = false;
        lock.lock();
        try {
            if (closed) {
                throw new IOException("it is closed");
            }
            for (int tries = 1; ; tries++) {
                try {
                    return found(place, index);
                } catch (IOException e) {
                    closeWindow(used); // it may be half filled
                    if (!(e instanceof ClosedByInterruptException) || tries == TRIES_MAX) {
                        throw e;
                    }
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RaftEntry found(Segments.Place place, long index) throws IOException {
        var segment = place.segment();
        long offset = place.offset();
        long left = segment.end - offset;
        var bytes = bytes(segment, offset, RecordFormat.RAFT_HEADER_BYTES);
        if (bytes.remaining() < RecordFormat.RAFT_HEADER_BYTES
                || !RecordFormat.isPlausible(bytes, bytes.position(), segment.header.version(), offset, left)) {
            throw corrupt(segment, offset);
        }
        int recordBytes = RecordFormat.HEADER_BYTES + RecordFormat.length(bytes, bytes.position());
        bytes = bytes(segment, offset, recordBytes);
        if (bytes.remaining() < recordBytes
                || !format.isIntact(bytes, bytes.position(), segment.header.salt(), offset)) {
            throw corrupt(segment, offset);
        }
        return entry(segment, offset, bytes, recordBytes, index);
    }

    private RaftEntry entry(Segment segment, long offset, ByteBuffer bytes, int recordBytes, long index) {
        int start = bytes.position();
        var recordKind = RecordFormat.kind(bytes, start);
        var kind = recordKind == null ? null : recordKind.entryKind();
        if (kind == null || RecordFormat.group(bytes, start) != group || RecordFormat.lsn(bytes, start) != index) {
            throw corrupt(segment, offset);
        }
        var payload = Arrays.copyOfRange(bytes.array(), start + RecordFormat.RAFT_HEADER_BYTES, start + recordBytes);
        return new RaftEntry(index, RecordFormat.term(bytes, start), kind, payload);
    }

    private LogCorruptException corrupt(Segment segment, long offset) {
        closeWindow(used); // whoever asks again is to see the disk again
        return SegmentScan.corrupt(
                segment.file,
                offset,
                "group " + group + " has an entry there, and the record does not match its checksum");
    }

    /** A buffer with so many bytes from its position on, fewer when the file has not more. */
    private ByteBuffer bytes(Segment segment, long offset, int count) throws IOException {
        for (int i = 0; i < WINDOWS; i++) {
            var window = windows[i];
            if (window != null && window.segment() == segment && isIn(i, window, offset, count)) {
                used = i;
                return window.bytes().position((int) (offset - starts[i]));
            }
        }
        return loaded(segment, offset, count);
    }

    private boolean isIn(int i, Window window, long offset, int count) {
        return offset >= starts[i]
                && offset + count <= starts[i] + window.bytes().limit();
    }

    private ByteBuffer loaded(Segment segment, long offset, int count) throws IOException {
        var window = windowFor(segment, offset);
        starts[used] = offset;
        if (count > WINDOW_BYTES) {
            window.bytes().limit(0);
            return read(window.file(), ByteBuffer.allocate(count), offset);
        }
        long left = segment.end - offset;
        return read(window.file(), window.bytes().clear().limit((int) Math.min(WINDOW_BYTES, left)), offset);
    }

    /** The one that ends where we go on, or else the one that was not used last. */
    private Window windowFor(Segment segment, long offset) throws IOException {
        int chosen = (used + 1) % WINDOWS;
        for (int i = 0; i < WINDOWS; i++) {
            var window = windows[i];
            if (window != null
                    && window.segment() == segment
                    && offset >= starts[i]
                    && offset <= starts[i] + 2L * WINDOW_BYTES) {
                chosen = i;
            }
        }
        used = chosen;
        var window = windows[chosen];
        if (window != null && window.segment() == segment) {
            return window;
        }
        closeWindow(chosen);
        var bytes = window == null ? ByteBuffer.allocate(WINDOW_BYTES) : window.bytes();
        window = new Window(segment, segments.openAgain(segment), bytes.limit(0));
        windows[chosen] = window;
        return window;
    }

    private static ByteBuffer read(LogFile file, ByteBuffer target, long offset) throws IOException {
        while (target.hasRemaining() && file.read(target, offset + target.position()) >= 0) {
            // as much as there is
        }
        return target.flip();
    }

    private void closeWindow(int i) {
        var window = windows[i];
        windows[i] = null;
        if (window != null) {
            Segments.close(window.file());
        }
    }

    /** Lets go of segments that the group has passed: a deleted file takes space as long as somebody has it open. */
    void closeUnless(Predicate<Segment> needed) {
        lock.lock();
        try {
            for (int i = 0; i < WINDOWS; i++) {
                var window = windows[i];
                if (window != null && !needed.test(window.segment())) {
                    closeWindow(i);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            for (int i = 0; i < WINDOWS; i++) {
                closeWindow(i);
            }
        } finally {
            lock.unlock();
        }
    }
}
