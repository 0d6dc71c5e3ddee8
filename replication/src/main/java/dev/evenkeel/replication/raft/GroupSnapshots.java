package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import dev.evenkeel.replication.ReplicatedStateMachine;
import dev.evenkeel.replication.SnapshotCorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of a group's state: folders of files, each with its checksum in the snapshot's own table. The engine ships
 * them file by file, piece by piece, and keeps what it has when it is interrupted.
 *
 * <pre>
 * chain    version:u8 lastDataIndex:u64 lastInternalIndex:u64 crc:u32     see EntryChain
 * state/…  what the state machine's checkpoint wrote; none in a log replica's
 * </pre>
 *
 * The checkpoint may be a little newer than the snapshot's index says: entries are applied by LSN, once.
 */
final class GroupSnapshots {
    private static final Logger LOG = LoggerFactory.getLogger(GroupSnapshots.class);

    private static final String CHAIN_FILE = "chain";
    private static final String STATE_FOLDER = "state";
    private static final byte VERSION = 1;
    private static final int CHAIN_BYTES = 1 + 2 * Long.BYTES + Integer.BYTES;

    private final @Nullable ReplicatedStateMachine machine; // null in a log replica
    private final Executor threads;
    private final Runnable damaged;

    /** @param damaged called when a snapshot that is to be loaded is not what was written */
    GroupSnapshots(@Nullable ReplicatedStateMachine machine, Executor threads, Runnable damaged) {
        this.machine = machine;
        this.threads = threads;
        this.damaged = damaged;
    }

    /** Called at the moment that the snapshot stands for; the writing goes on beside the entries that follow. */
    void save(SnapshotWriter writer, EntryChain.State chain, Closure done) {
        threads.execute(() -> {
            try {
                write(writer, chain);
                done.run(Status.OK());
            } catch (IOException | RuntimeException | Error e) { // the engine makes none until it has heard of this one
                LOG.warn("A snapshot could not be written; the log is kept until one can", e);
                done.run(new Status(RaftError.EIO, "a snapshot could not be written: %s", String.valueOf(e)));
            }
        });
    }

    private void write(SnapshotWriter writer, EntryChain.State chain) throws IOException {
        var folder = Path.of(writer.getPath());
        Files.write(folder.resolve(CHAIN_FILE), encoded(chain));
        var storing = machine;
        if (storing != null) {
            storing.checkpoint(folder.resolve(STATE_FOLDER));
        }
        for (var file : filesOf(folder)) {
            var meta = LocalFileMeta.newBuilder()
                    .setChecksum(checksum(folder.resolve(file)))
                    .build();
            if (!writer.addFile(file, meta)) {
                throw new IOException("the snapshot does not take the file " + file);
            }
        }
    }

    private static List<String> filesOf(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> folder.relativize(path).toString())
                    .filter(name -> !name.equals(Snapshot.JRAFT_SNAPSHOT_META_FILE))
                    .toList();
        }
    }

    private static String checksum(Path file) throws IOException {
        var crc = new CRC32C();
        var buffer = new byte[128 << 10];
        try (var in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return Long.toHexString(crc.getValue());
    }

    /** Brings the state machine up to a snapshot, unless it is there already; null when the snapshot cannot be used. */
    EntryChain.@Nullable State load(SnapshotReader reader) {
        var storing = machine;
        if (storing == null) { // it was given no files, and decides about no entry
            return EntryChain.State.NEW;
        }
        try {
            var folder = Path.of(reader.getPath());
            var chain = chain(folder.resolve(CHAIN_FILE));
            if (storing.appliedLsn() < reader.load().getLastIncludedIndex()) {
                check(reader, folder);
                restore(storing, folder);
            }
            return chain;
        } catch (DamagedException | SnapshotCorruptException e) {
            LOG.error("A snapshot is damaged", e);
            damaged.run();
            return null;
        } catch (IOException | RuntimeException e) {
            LOG.error("A snapshot cannot be used", e);
            return null;
        }
    }

    /** A file is missing, or is not what was written. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    private static EntryChain.State chain(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new DamagedException("the file " + file + " is missing");
        }
        return decoded(Files.readAllBytes(file));
    }

    private static void check(SnapshotReader reader, Path folder) throws IOException {
        for (var name : reader.listFiles()) {
            var meta = (LocalFileMeta) reader.getFileMeta(name);
            if (!name.equals(Snapshot.JRAFT_SNAPSHOT_META_FILE)) {
                check(folder.resolve(name), meta.getChecksum());
            }
        }
    }

    /** @throws DamagedException when the file is missing, or is not what that checksum says */
    static void check(Path file, String checksum) throws IOException {
        if (!Files.exists(file)) {
            throw new DamagedException("the file " + file + " is missing");
        }
        if (!checksum.equals(checksum(file))) {
            throw new DamagedException("the file " + file + " does not match its checksum");
        }
    }

    /** From a copy of links: the snapshot itself must stay whole, it may be asked for by another replica. */
    private static void restore(ReplicatedStateMachine storing, Path folder) throws IOException {
        var source = folder.resolve(STATE_FOLDER);
        if (!Files.isDirectory(source)) {
            throw new IOException("it is a log replica's and has no state in it");
        }
        var copy = folder.resolveSibling("restoring");
        delete(copy);
        try (var paths = Files.walk(source)) {
            for (var path : paths.toList()) {
                var target = copy.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.createLink(target, path);
                }
            }
        }
        try {
            storing.restore(copy);
        } finally {
            delete(copy);
        }
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static byte[] encoded(EntryChain.State chain) {
        var buffer = ByteBuffer.allocate(CHAIN_BYTES)
                .put(VERSION)
                .putLong(chain.lastDataIndex())
                .putLong(chain.lastInternalIndex());
        return buffer.putInt(crc(buffer.array())).array();
    }

    private static EntryChain.State decoded(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        if (bytes.length != CHAIN_BYTES || buffer.getInt(CHAIN_BYTES - Integer.BYTES) != crc(bytes)) {
            throw new DamagedException("the file " + CHAIN_FILE + " cannot be read: "
                    + HexFormat.of().formatHex(bytes));
        }
        if (bytes[0] != VERSION) {
            throw new IOException("a snapshot of version " + bytes[0] + ", this release reads " + VERSION);
        }
        return new EntryChain.State(buffer.getLong(1), buffer.getLong(1 + Long.BYTES));
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes, 0, CHAIN_BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }
}
