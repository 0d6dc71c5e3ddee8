package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a log, oldest first: numbered without a gap, the last one being written. Only the writer adds segments
 * and records; only the reclaimer takes segments away, from the front.
 */
final class Segments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Segments.class);

    private final LogFiles files;
    private final FlushedMark mark; // the writer's
    private final SecureRandom salts = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Segment> segments = new ArrayDeque<>(); // under the lock
    private Segment active;

    /** Whether there were no files when it was opened. */
    final boolean isNew;

    /** Reads everything there is, cuts a torn end off, and fills in how the Raft groups stand. */
    static Segments open(LogFiles files, RaftStates raft) throws IOException {
        var found = new ArrayList<Segment>();
        try {
            scanAll(files, found, raft);
            return new Segments(files, found);
        } catch (IOException | RuntimeException e) {
            closeAll(found);
            throw e;
        }
    }

    private Segments(LogFiles files, List<Segment> found) throws IOException {
        this.files = files;
        this.mark = new FlushedMark(files);
        segments.addAll(found);
        var last = segments.peekLast();
        isNew = last == null;
        active = last == null ? add(1, null) : last;
        flushed(active.end);
    }

    private static void scanAll(LogFiles files, List<Segment> found, RaftStates raft) throws IOException {
        var flushed = FlushedMark.read(files);
        var names = new ArrayList<>(files.list());
        names.removeIf(name -> !Segment.isName(name));
        Collections.sort(names);
        checkLast(names, flushed);
        var lastLsns = new HashMap<Integer, Long>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            long sequence = Segment.sequence(name);
            if (i > 0 && sequence != Segment.sequence(names.get(i - 1)) + 1) {
                throw new LogCorruptException("The log file before " + name + " is missing", null);
            }
            boolean isLast = i == names.size() - 1;
            var segment = opened(files, name, sequence, isLast);
            if (segment == null) {
                checkEnd(name, 0, flushed.endIn(sequence));
                files.delete(name);
                files.syncFolder();
                return;
            }
            found.add(segment);
            scan(segment, isLast, flushed.endIn(sequence), lastLsns, raft);
            if (lacksStatement(segment)) {
                discard(files, found, isLast);
            }
        }
    }

    private static void checkLast(List<String> names, FlushedMark.Position flushed) {
        if (flushed.sequence() > 0 && (names.isEmpty() || Segment.sequence(names.getLast()) < flushed.sequence())) {
            throw new LogCorruptException(
                    "The log file " + Segment.name(flushed.sequence()) + " is missing, which the log had last", null);
        }
    }

    /** What was flushed was durable: no crash takes it away. */
    private static void checkEnd(String path, long end, long flushedEnd) {
        if (end < flushedEnd) {
            throw new LogCorruptException(
                    "Log file " + path + " is damaged at offset " + end + ": it was flushed up to offset " + flushedEnd
                            + ", and what was there is missing or cannot be read",
                    null);
        }
    }

    private static boolean lacksStatement(Segment segment) {
        return segment.header.version() == SegmentHeader.VERSION_RAFT && segment.end == SegmentHeader.BYTES;
    }

    /**
     * A crash may have cut the making of the last segment short, and then the one before it is still there, which went
     * with the statement's becoming durable at the earliest. All else is damage.
     */
    private static void discard(LogFiles files, List<Segment> found, boolean isLast) throws IOException {
        var segment = found.getLast();
        if (!isLast || found.size() == 1) {
            throw SegmentScan.corrupt(segment.file, SegmentHeader.BYTES, "the statement of Raft groups is missing");
        }
        found.removeLast();
        close(segment.file);
        files.delete(segment.name());
        files.syncFolder();
    }

    /** Null when a crash cut its making short: it has no more than a header, and not even that. */
    private static @Nullable Segment opened(LogFiles files, String name, long sequence, boolean isLast)
            throws IOException {
        var file = files.open(name);
        boolean taken = false;
        try {
            var header = ByteBuffer.allocate(SegmentHeader.BYTES);
            while (header.hasRemaining() && file.read(header, header.position()) >= 0) {
                // as much as there is
            }
            boolean hasRecords = file.size() > SegmentHeader.BYTES;
            switch (SegmentHeader.decode(header)) {
                case SegmentHeader.Decoded.Good(var good)
                when good.sequence() == sequence && !header.hasRemaining() -> {
                    taken = true;
                    return new Segment(good, file);
                }
                case SegmentHeader.Decoded.Newer(int version)
                when !isLast || hasRecords || !header.hasRemaining() ->
                    throw new LogCorruptException(
                            "Log file " + file.path() + " has format " + version + " at offset 8; this version reads "
                                    + SegmentHeader.VERSION_RAFT,
                            null);
                default -> {
                    if (!isLast || hasRecords) {
                        throw SegmentScan.corrupt(file, 0, "the file's header does not match its checksum");
                    }
                    return null;
                }
            }
        } finally {
            if (!taken) {
                file.close();
            }
        }
    }

    private static void scan(
            Segment segment, boolean isLast, long flushedEnd, Map<Integer, Long> lastLsns, RaftStates raft)
            throws IOException {
        long size = segment.file.size();
        new SegmentScan(segment, size, lastLsns, raft).run(isLast);
        checkEnd(segment.file.path(), segment.end, flushedEnd);
        if (lacksStatement(segment)) {
            return;
        }
        if (segment.end < size) {
            LOG.warn(
                    "Log file {}: cut {} bytes off its end at offset {}, which a crash left half written",
                    segment.file.path(),
                    size - segment.end,
                    segment.end);
            segment.file.truncate(segment.end);
        }
        if (isLast) {
            segment.file.sync(); // a killed process may have left whole records that only the system's cache has
        }
    }

    private Segment add(long sequence, byte @Nullable [] statement) throws IOException {
        int version = statement == null ? SegmentHeader.VERSION_SOLO : SegmentHeader.VERSION_RAFT;
        var header = new SegmentHeader(version, sequence, salts.nextLong());
        var file = files.create(Segment.name(sequence));
        var segment = new Segment(header, file);
        try {
            write(file, header.encoded(), 0);
            file.sync();
            files.syncFolder();
            if (statement != null) {
                segment.end = state(segment, statement);
            }
        } catch (IOException e) {
            file.close();
            throw e;
        }
        lock.lock();
        try {
            segments.addLast(segment);
        } finally {
            lock.unlock();
        }
        return segment;
    }

    /** Writes the statement that a segment begins with, and returns where it ends. */
    private static long state(Segment segment, byte[] statement) throws IOException {
        var record = RecordFormat.statement(segment.header, statement);
        int bytes = record.remaining();
        write(segment.file, record, SegmentHeader.BYTES);
        segment.file.sync();
        return SegmentHeader.BYTES + (long) bytes;
    }

    private static void write(LogFile file, ByteBuffer source, long offset) throws IOException {
        while (source.hasRemaining()) {
            file.write(source, offset + source.position());
        }
    }

    /** The segment to write to; the writer's only. */
    Segment active() {
        return active;
    }

    /**
     * Begins a new segment; the writer's only. When it fails the old one stays.
     *
     * @param statement how the Raft groups stand; null when there is none
     */
    void roll(byte @Nullable [] statement) throws IOException {
        active = add(active.header.sequence() + 1, statement);
    }

    /** So much of the active segment is durable; the writer's only. */
    void flushed(long end) {
        mark.write(active.header.sequence(), end);
    }

    /** Takes note of records that have become durable in the active segment. */
    void extend(int group, long firstLsn, long firstOffset, long lastLsn) {
        lock.lock();
        try {
            active.extend(group, firstLsn, firstOffset, lastLsn);
        } finally {
            lock.unlock();
        }
    }

    /** A group's first and last LSN in the log, null when it has none. */
    long @Nullable [] range(int group) {
        lock.lock();
        try {
            long[] range = null;
            for (var segment : segments) {
                var span = segment.spans.get(group);
                if (span != null) {
                    range = new long[] {range == null ? span.firstLsn : range[0], span.lastLsn};
                }
            }
            return range;
        } finally {
            lock.unlock();
        }
    }

    /** The segment that has a group's entry, and the offset to look for it from. */
    record Place(Segment segment, long offset) {}

    /** Null when no segment has it. */
    @Nullable
    Place find(int group, long lsn) {
        lock.lock();
        try {
            for (var segment : segments) {
                var span = segment.spans.get(group);
                if (span != null && span.firstLsn <= lsn && lsn <= span.lastLsn) {
                    return new Place(segment, span.firstOffset);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** A handle of its own on a segment's file. */
    LogFile openAgain(Segment segment) throws IOException {
        return files.open(segment.name());
    }

    /** A segment, and the last LSN of each solo group in it. */
    record Oldest(Segment segment, Map<Integer, Long> lastLsns) {}

    /** Null when it is the active one. */
    @Nullable
    Oldest oldest() {
        lock.lock();
        try {
            var oldest = segments.getFirst();
            if (oldest == segments.getLast()) {
                return null;
            }
            var lsns = new HashMap<Integer, Long>();
            oldest.spans.forEach((group, span) -> lsns.put(group, span.lastLsn));
            return new Oldest(oldest, lsns);
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the oldest segment; the reclaimer's only. One by one and durably, or a crash might leave a gap. */
    void deleteOldest() throws IOException {
        Segment oldest;
        lock.lock();
        try {
            oldest = segments.removeFirst();
        } finally {
            lock.unlock();
        }
        oldest.file.close();
        files.delete(oldest.name());
        files.syncFolder();
    }

    /** What all segments take on disk. */
    long bytes() {
        lock.lock();
        try {
            return segments.stream().mapToLong(segment -> segment.end).sum();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            mark.close();
            closeAll(segments);
            segments.clear();
        } finally {
            lock.unlock();
        }
    }

    private static void closeAll(Iterable<Segment> segments) {
        segments.forEach(segment -> close(segment.file));
    }

    static void close(LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("Closing {}", file.path(), e);
        }
    }
}
