package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Where the records of one group are in a segment of a node's log, as docs/data-folder.md describes it. */
final class LogRecords {
    private static final int SEGMENT_HEADER_BYTES = 32;
    private static final int LENGTH_OFFSET = 4;
    private static final int VERSION_OFFSET = 8;
    private static final int GROUP_OFFSET = 9;
    private static final int RECORD_HEADER_BYTES = 25;
    private static final int VERSION_MAX = 2;

    private LogRecords() {}

    /** Where their bodies begin. */
    static List<Long> bodies(Path segment, int group) throws IOException {
        var bodies = new ArrayList<Long>();
        try (var channel = FileChannel.open(segment, StandardOpenOption.READ)) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            long offset = SEGMENT_HEADER_BYTES;
            while (offset + RECORD_HEADER_BYTES <= bytes.limit()) {
                int at = (int) offset;
                long length = Integer.toUnsignedLong(bytes.getInt(at + LENGTH_OFFSET));
                int version = bytes.get(at + VERSION_OFFSET);
                if (version < 1 || version > VERSION_MAX || at + RECORD_HEADER_BYTES + length > bytes.limit()) {
                    break; // nothing has been written here yet
                }
                if (length > 0 && bytes.getInt(at + GROUP_OFFSET) == group) {
                    bodies.add(offset + RECORD_HEADER_BYTES);
                }
                offset += RECORD_HEADER_BYTES + length;
            }
        }
        return bodies;
    }
}
