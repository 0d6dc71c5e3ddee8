package dev.evenkeel.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The catalog's snapshot in a folder. It is replaced whole: written beside the old one, flushed, renamed over it, and the
 * folder flushed, so that a crash at any moment leaves either the old one or the new one.
 *
 * <pre>
 * file = "EVKC" format:u8 appliedLsn:i64 image:(size:i32 bytes) crc32c:i32 of all before
 * </pre>
 */
final class SnapshotFile {
    static final String NAME = "catalog.snapshot";

    private static final int MAGIC = 0x45564B43; // EVKC
    private static final int FORMAT = 1;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    record Snapshot(CatalogImage image, long appliedLsn) {}

    private final Path folder;
    private final Path path;

    SnapshotFile(Path folder) {
        this.folder = folder;
        this.path = folder.resolve(NAME);
    }

    /** Empty when none was ever written. */
    Optional<Snapshot> read() {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + path, failed);
        }
        try {
            return Optional.of(decode(bytes));
        } catch (CorruptCatalogException damaged) {
            throw new CorruptCatalogException(path + ": " + damaged.getMessage(), damaged);
        }
    }

    void write(Snapshot snapshot) {
        var temporary = folder.resolve(NAME + ".new");
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(encode(snapshot));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flushFolder();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + path, failed);
        }
    }

    /** Makes the rename durable. Where folders cannot be opened (not POSIX) a rename is durable by itself. */
    private void flushFolder() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static byte[] encode(Snapshot snapshot) {
        var body = new Sink()
                .i32(MAGIC)
                .u8(FORMAT)
                .i64(snapshot.appliedLsn)
                .raw(ImageCodec.encode(snapshot.image))
                .toBytes();
        return ByteBuffer.allocate(body.length + CHECKSUM_BYTES)
                .put(body)
                .putInt(checksum(body, body.length))
                .array();
    }

    private static Snapshot decode(byte[] bytes) {
        int bodyBytes = bytes.length - CHECKSUM_BYTES;
        if (bodyBytes < 0
                || checksum(bytes, bodyBytes) != ByteBuffer.wrap(bytes).getInt(bodyBytes)) {
            throw new CorruptCatalogException("damaged, its checksum does not match");
        }
        var in = new Source(
                ByteBuffer.allocate(bodyBytes).put(bytes, 0, bodyBytes).array());
        if (in.i32() != MAGIC) {
            throw new CorruptCatalogException("not a snapshot of a catalog");
        }
        int format = in.u8();
        if (format != FORMAT) {
            throw new CorruptCatalogException("snapshot format " + format + "; this release reads " + FORMAT);
        }
        long appliedLsn = in.i64();
        var image = ImageCodec.decode(in.raw());
        in.end();
        return new Snapshot(image, appliedLsn);
    }

    private static int checksum(byte[] bytes, int length) {
        var crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
