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
    private final SecureRandom salts = new SecureRandom();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Segment> segments = new ArrayDeque<>(); // under the lock
    private Segment active;

    /** Reads everything there is and cuts a torn end off. */
    static Segments open(LogFiles files) throws IOException {
        var found = new ArrayList<Segment>();
        try {
            scanAll(files, found);
            return new Segments(files, found);
        } catch (IOException | RuntimeException e) {
            closeAll(found);
            throw e;
        }
    }

    private Segments(LogFiles files, List<Segment> found) throws IOException {
        this.files = files;
        segments.addAll(found);
        var last = segments.peekLast();
        active = last == null ? add(1) : last;
    }

    private static void scanAll(LogFiles files, List<Segment> found) throws IOException {
        var names = new ArrayList<>(files.list());
        names.removeIf(name -> !Segment.isName(name));
        Collections.sort(names);
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
                files.delete(name);
                files.syncFolder();
                return;
            }
            found.add(segment);
            scan(segment, isLast, lastLsns);
        }
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
                when good.sequence() == sequence -> {
                    taken = true;
                    return new Segment(good, file);
                }
                case SegmentHeader.Decoded.Newer(int version)
                when !isLast || hasRecords || !header.hasRemaining() ->
                    throw new LogCorruptException(
                            "Log file " + file.path() + " has format " + version + " at offset 8; this version reads "
                                    + SegmentHeader.VERSION,
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

    private static void scan(Segment segment, boolean isLast, Map<Integer, Long> lastLsns) throws IOException {
        long size = segment.file.size();
        new SegmentScan(segment, size, lastLsns).run(isLast);
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

    private Segment add(long sequence) throws IOException {
        var header = new SegmentHeader(sequence, salts.nextLong());
        var file = files.create(Segment.name(sequence));
        try {
            var encoded = header.encoded();
            while (encoded.hasRemaining()) {
                file.write(encoded, encoded.position());
            }
            file.sync();
            files.syncFolder();
        } catch (IOException e) {
            file.close();
            throw e;
        }
        var segment = new Segment(header, file);
        lock.lock();
        try {
            segments.addLast(segment);
        } finally {
            lock.unlock();
        }
        return segment;
    }

    /** The segment to write to; the writer's only. */
    Segment active() {
        return active;
    }

    /** Begins a new segment; the writer's only. When it fails the old one stays. */
    void roll() throws IOException {
        active = add(active.header.sequence() + 1);
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

    /** The last LSN of each group in the oldest segment; null when that is the active one. */
    @Nullable
    Map<Integer, Long> oldestLastLsns() {
        lock.lock();
        try {
            var oldest = segments.getFirst();
            if (oldest == segments.getLast()) {
                return null;
            }
            var lsns = new HashMap<Integer, Long>();
            oldest.spans.forEach((group, span) -> lsns.put(group, span.lastLsn));
            return lsns;
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
            closeAll(segments);
            segments.clear();
        } finally {
            lock.unlock();
        }
    }

    private static void closeAll(Iterable<Segment> segments) {
        for (var segment : segments) {
            try {
                segment.file.close();
            } catch (IOException e) {
                LOG.debug("Closing {}", segment.file.path(), e);
            }
        }
    }
}
