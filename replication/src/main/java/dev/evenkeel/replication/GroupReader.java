package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one group's entries from the segments, one after the other. What it reads must be kept from being deleted. */
final class GroupReader implements TailHub.OlderReader {
    private record Open(Segment segment, LogFile file, SegmentReader records) {}

    private final Segments segments;
    private final int group;
    private long position;
    private @Nullable Open open;

    GroupReader(Segments segments, int group, long afterLsn) {
        this.segments = segments;
        this.group = group;
        this.position = afterLsn;
    }

    @Override
    public List<LogEntry> read(long throughLsn, int entriesMax, long bytesMax) {
        var entries = new ArrayList<LogEntry>();
        long bytes = 0;
        try {
            while (position < throughLsn && entries.size() < entriesMax && bytes < bytesMax) {
                var entry = next();
                entries.add(entry);
                bytes += entry.memoryBytes();
                position = entry.lsn();
            }
        } catch (ClosedByInterruptException e) {
            close(); // the interrupt is set, and the caller looks at it
        } catch (IOException e) {
            throw new LogUnavailableException("group " + group + ": the log cannot be read: " + e, e);
        }
        return entries;
    }

    private LogEntry next() throws IOException {
        while (true) {
            var current = open == null ? opened() : open;
            var records = current.records();
            switch (records.next(current.segment().end)) {
                case RECORD -> {
                    if (records.kind() == null && records.group() == group && records.lsn() > position) {
                        return checked(current, records.entry());
                    }
                }
                case END -> close();
                case BAD ->
                    throw SegmentScan.corrupt(
                            current.file(), records.offset(), "the record there does not match its checksum");
            }
        }
    }

    private LogEntry checked(Open current, LogEntry entry) {
        if (entry.lsn() != position + 1) {
            throw SegmentScan.corrupt(
                    current.file(),
                    current.records().offset(),
                    "group " + group + " goes from LSN " + position + " to " + entry.lsn());
        }
        return entry;
    }

    private Open opened() throws IOException {
        var place = segments.find(group, position + 1);
        if (place == null) {
            throw new LogTruncatedException(
                    "group " + group + ": the log no longer has the entry " + (position + 1), null);
        }
        var file = segments.openAgain(place.segment());
        var records = new SegmentReader(file, place.segment().header, place.offset());
        open = new Open(place.segment(), file, records);
        return open;
    }

    @Override
    public void close() {
        if (open == null) {
            return;
        }
        try {
            open.file().close();
        } catch (IOException e) {
            throw new LogUnavailableException("group " + group + ": the log cannot be closed: " + e, e);
        } finally {
            open = null;
        }
    }
}
