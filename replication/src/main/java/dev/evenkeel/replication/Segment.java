package dev.evenkeel.replication;

import java.util.HashMap;
import java.util.Map;

/**
 * A file of the log and what is in it. Records are only ever added to the last segment, by the writer; the spans are
 * guarded by {@link Segments}.
 */
final class Segment {
    /** Where a group's entries are: {@code lastLsn} moves. */
    static final class Span {
        final long firstLsn;
        final long firstOffset;
        long lastLsn;

        Span(long firstLsn, long firstOffset) {
            this.firstLsn = firstLsn;
            this.firstOffset = firstOffset;
            this.lastLsn = firstLsn;
        }
    }

    private static final String NAME_PATTERN = "\\d{16}\\.log";

    final SegmentHeader header;
    final LogFile file;
    final Map<Integer, Span> spans = new HashMap<>();
    /** Behind the last record that may be read: durable, and never to be taken back. */
    volatile long end = SegmentHeader.BYTES;

    Segment(SegmentHeader header, LogFile file) {
        this.header = header;
        this.file = file;
    }

    static String name(long sequence) {
        return String.format("%016d.log", sequence);
    }

    static boolean isName(String name) {
        return name.matches(NAME_PATTERN);
    }

    static long sequence(String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    String name() {
        return name(header.sequence());
    }

    void extend(int group, long firstLsn, long firstOffset, long lastLsn) {
        spans.computeIfAbsent(group, _ -> new Span(firstLsn, firstOffset)).lastLsn = lastLsn;
    }
}
