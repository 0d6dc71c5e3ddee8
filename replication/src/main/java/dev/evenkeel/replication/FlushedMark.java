package dev.evenkeel.replication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the log was flushed, in a file beside the segments:
 *
 * <pre>
 * flushed = sequence:u64 end:u64 crc:u32       of the segment, and the bytes of it that were durable
 * </pre>
 *
 * <p>It is written after each flush and not flushed itself, except at an orderly close. So it never says more than the log
 * has, survives a killed process, and is a little old after a loss of power. What lies below it was durable, and maybe
 * answered for: when it is missing, no crash took it. A mark that cannot be read or written says nothing, and does no harm.
 */
final class FlushedMark implements AutoCloseable {
    static final String NAME = "flushed";

    private static final Logger LOG = LoggerFactory.getLogger(FlushedMark.class);
    private static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

    /** @param end behind the last byte that was durable in that segment */
    record Position(long sequence, long end) {
        static final Position NONE = new Position(0, 0);

        /** How long that segment must be at least. */
        long endIn(long segment) {
            return segment == sequence ? end : 0;
        }
    }

    private final LogFiles files;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private @Nullable LogFile file;
    private boolean hasFailed;

    FlushedMark(LogFiles files) {
        this.files = files;
    }

    static Position read(LogFiles files) throws IOException {
        if (!files.list().contains(NAME)) {
            return Position.NONE;
        }
        var bytes = ByteBuffer.allocate(BYTES);
        try (var file = files.open(NAME)) {
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
                // as much as there is
            }
        }
        var crc = new CRC32C();
        crc.update(bytes.array(), 0, 2 * Long.BYTES);
        return bytes.hasRemaining() || bytes.getInt(2 * Long.BYTES) != (int) crc.getValue()
                ? Position.NONE
                : new Position(bytes.getLong(0), bytes.getLong(Long.BYTES));
    }

    /** To be called when that much of the segment is durable. */
    void write(long sequence, long end) {
        buffer.clear().putLong(sequence).putLong(end);
        crc.reset();
        crc.update(buffer.array(), 0, 2 * Long.BYTES);
        buffer.putInt((int) crc.getValue()).flip();
        try {
            var to = opened();
            while (buffer.hasRemaining()) {
                to.write(buffer, buffer.position());
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private LogFile opened() throws IOException {
        var there = file;
        if (there == null) {
            there = files.list().contains(NAME) ? files.open(NAME) : files.create(NAME);
            file = there;
        }
        return there;
    }

    private void failed(IOException e) {
        if (!hasFailed) {
            LOG.warn("How far the log is flushed cannot be noted: {}", e.toString());
        }
        hasFailed = true;
    }

    /** Makes it durable, for an orderly end. */
    @Override
    public void close() {
        var open = file;
        if (open != null) {
            try {
                open.sync();
            } catch (IOException e) {
                failed(e);
            }
            Segments.close(open);
            file = null;
        }
    }
}
