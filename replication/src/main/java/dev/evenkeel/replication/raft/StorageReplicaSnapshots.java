package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.entity.LocalFileMetaOutter.LocalFileMeta;
import com.alipay.sofa.jraft.entity.RaftOutter;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RetryAgainException;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.FileService;
import com.alipay.sofa.jraft.storage.SnapshotThrottle;
import com.alipay.sofa.jraft.storage.io.FileReader;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.local.SnapshotFileReader;
import com.alipay.sofa.jraft.util.ByteBufferCollector;
import com.alipay.sofa.jraft.util.Endpoint;
import com.alipay.sofa.jraft.util.Utils;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Snapshots of a storage replica, checked on both sides of their way.
 *
 * <p>The sender adds up each file's checksum from the pieces that it reads for the receiver, so that the check costs no
 * reading of its own and is throttled as the sending is. When a file is not what was written it says so, and the group
 * makes another snapshot. The receiver checks each file when it is there, before the snapshot takes the place of the one
 * before: what is damaged is thrown away, and asked for again with the leader's next attempt. It does not fail for it, nor
 * for a file that the sender could not read.
 */
final class StorageReplicaSnapshots extends LocalSnapshotStorage {
    private static final Logger LOG = LoggerFactory.getLogger(StorageReplicaSnapshots.class);

    private final RaftOptions options;
    private final Runnable unreadable;
    private final Runnable damagedAtSender;
    private @Nullable SnapshotThrottle throttle; // set before any other call
    private @Nullable Endpoint self; // likewise

    /** What is being received; the engine writes no snapshot of its own meanwhile. */
    private volatile @Nullable CheckingCopier receiving;

    /**
     * @param unreadable called when the newest snapshot's table cannot be read, at the opening of the replica or later
     * @param damagedAtSender called when a file read for another replica is not what was written
     */
    StorageReplicaSnapshots(Path path, RaftOptions options, Runnable unreadable, Runnable damagedAtSender) {
        super(path.toString(), null, options);
        this.options = options;
        this.unreadable = unreadable;
        this.damagedAtSender = damagedAtSender;
    }

    @Override
    public void setSnapshotThrottle(SnapshotThrottle snapshotThrottle) {
        super.setSnapshotThrottle(snapshotThrottle);
        throttle = snapshotThrottle;
    }

    @Override
    public void setServerAddr(Endpoint address) {
        super.setServerAddr(address);
        self = address;
    }

    // --- sending -----------------------------------------------------------------------------------------------------

    @Override
    public @Nullable SnapshotReader open() {
        var opened = super.open();
        if (opened == null) {
            if (getLastSnapshotIndex() > 0) {
                unreadable.run();
            }
            return null;
        }
        var sent = new SentReader(opened.getPath());
        if (!sent.init(null)) {
            Utils.closeQuietly(opened);
            return null;
        }
        return sent; // holds the snapshot in the place of the one that was opened
    }

    /** Gives its files out through {@link CheckedFiles}. */
    private final class SentReader extends LocalSnapshotReader {
        private long number; // under which the engine's file service has it; 0 before it is asked for

        SentReader(String folder) {
            super(StorageReplicaSnapshots.this, throttle, self, options, folder);
        }

        @Override
        public @Nullable String generateURIForCopy() {
            if (number == 0) {
                try {
                    number = FileService.getInstance().addReader(new CheckedFiles(getPath(), table()));
                } catch (IOException e) {
                    LOG.error("The snapshot {} cannot be sent", getPath(), e);
                    return null;
                }
            }
            return REMOTE_SNAPSHOT_URI_SCHEME + self + "/" + number;
        }

        private LocalSnapshotMetaTable table() throws IOException {
            var table = new LocalSnapshotMetaTable(options);
            var file = Path.of(getPath(), Snapshot.JRAFT_SNAPSHOT_META_FILE);
            if (!table.loadFromFile(file.toString())) {
                throw new IOException("its table cannot be read");
            }
            return table;
        }

        @Override
        public void close() throws IOException {
            if (number != 0) {
                FileService.getInstance().removeReader(number);
                number = 0;
            }
            super.close();
        }
    }

    /** The files of one snapshot as one receiver reads them: each from its beginning to its end, a piece maybe twice. */
    private final class CheckedFiles extends SnapshotFileReader {
        private final Map<String, Sum> sums = new HashMap<>(); // guarded by itself
        private final LocalSnapshotMetaTable table;

        CheckedFiles(String folder, LocalSnapshotMetaTable table) {
            super(folder, throttle);
            this.table = table;
            setMetaTable(table);
        }

        @Override
        public int readFile(ByteBufferCollector into, String file, long offset, long bytesMax)
                throws IOException, RetryAgainException {
            if (file.equals(Snapshot.JRAFT_SNAPSHOT_META_FILE)) {
                return super.readFile(into, file, offset, bytesMax);
            }
            int read;
            try {
                read = super.readFile(into, file, offset, bytesMax);
            } catch (IOException unreadableFile) {
                LOG.error("A file of the snapshot {} cannot be read", getPath(), unreadableFile);
                tell();
                throw unreadableFile;
            }
            synchronized (sums) {
                var sum = sums.computeIfAbsent(file, _ -> new Sum());
                sum.add(into, offset);
                if (read == FileReader.EOF && sum.isOther(table.getFileMeta(file))) {
                    LOG.error("The file {} of the snapshot {} is not what was written", file, getPath());
                    tell();
                }
            }
            return read;
        }

        /** Unless there is a newer one already. */
        private void tell() {
            if (getPath().endsWith(Snapshot.JRAFT_SNAPSHOT_PREFIX + getLastSnapshotIndex())) {
                damagedAtSender.run();
            }
        }
    }

    /** A checksum that grows with the pieces. */
    private static final class Sum {
        private final CRC32C crc = new CRC32C();
        private long end; // of what has been added
        private boolean hasGap;

        /** The first bytes of a piece that is asked for again are there already. */
        void add(ByteBufferCollector piece, long offset) {
            var bytes = piece.getBuffer().duplicate();
            bytes.flip();
            long known = end - offset;
            hasGap |= known < 0;
            if (known >= 0 && known <= bytes.remaining()) {
                bytes.position((int) known);
                end += bytes.remaining();
                crc.update(bytes);
            }
        }

        boolean isOther(@Nullable LocalFileMeta meta) {
            return meta != null && !hasGap && !Long.toHexString(crc.getValue()).equals(meta.getChecksum());
        }
    }

    // --- receiving ---------------------------------------------------------------------------------------------------

    @Override
    public @Nullable SnapshotCopier startToCopyFrom(String uri, SnapshotCopierOptions copierOptions) {
        var copier = new CheckingCopier();
        copier.setStorage(this);
        copier.setSnapshotThrottle(throttle);
        copier.setFilterBeforeCopyRemote(true);
        if (!copier.init(uri, copierOptions)) {
            return null;
        }
        receiving = copier;
        copier.start();
        return copier;
    }

    @Override
    public @Nullable SnapshotWriter create(boolean fromEmpty) {
        var writer = super.create(fromEmpty);
        var copier = receiving;
        if (copier == null || writer == null) {
            return writer;
        }
        var checking = new CheckingWriter(((LocalSnapshotWriter) writer).getPath(), copier);
        return checking.init(null) && checking.dropsTheUnfinished() ? checking : null;
    }

    /** Tells the leader when something went wrong, and never gives the replica up for it. */
    private final class CheckingCopier extends LocalSnapshotCopier {
        @Override
        public void setError(int code, String format, Object... arguments) {
            super.setError(harmless(code), format, arguments);
        }

        @Override
        public void setError(RaftError error, String format, Object... arguments) {
            super.setError(harmless(error.getNumber()), format, arguments);
        }

        /** For an I/O error the engine gives the replica up. It may be the sender's disk. */
        private static int harmless(int code) {
            return code == RaftError.EIO.getNumber() ? RaftError.EINTERNAL.getNumber() : code;
        }

        @Override
        public void close() throws IOException {
            super.close();
            if (receiving == this) {
                receiving = null;
            }
        }
    }

    /** Takes a file only when it is what its checksum says. */
    private final class CheckingWriter extends LocalSnapshotWriter {
        private final CheckingCopier copier;
        private boolean copying; // what is already here has been looked through

        CheckingWriter(String folder, CheckingCopier copier) {
            super(folder, StorageReplicaSnapshots.this, options);
            this.copier = copier;
        }

        @Override
        public boolean saveMeta(RaftOutter.SnapshotMeta meta) {
            copying = true;
            return super.saveMeta(meta);
        }

        @Override
        public boolean addFile(String name, Message meta) {
            try {
                GroupSnapshots.check(Path.of(getPath(), name), ((LocalFileMeta) meta).getChecksum());
                return super.addFile(name, meta);
            } catch (IOException damaged) {
                LOG.warn("A file of a snapshot is thrown away: {}", damaged.getMessage());
                discard(Path.of(getPath(), name));
                if (copying) {
                    copier.setError(RaftError.EINVAL, "%s", String.valueOf(damaged.getMessage()));
                }
                return true; // it is not in the table, so it is copied next
            }
        }

        /** Files that were being copied when an attempt before this one ended: those that were there whole are listed. */
        boolean dropsTheUnfinished() {
            var folder = Path.of(getPath());
            try (var files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .filter(file -> !file.endsWith(Snapshot.JRAFT_SNAPSHOT_META_FILE))
                        .filter(file -> getFileMeta(folder.relativize(file).toString()) == null)
                        .forEach(this::discard);
                return true;
            } catch (IOException e) {
                LOG.warn("The folder {} cannot be read", folder, e);
                return false;
            }
        }

        private void discard(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("The file {} cannot be deleted", file, e);
            }
        }

        /** What was copied of a snapshot that is not whole yet is kept for the next attempt. */
        @Override
        public void close() throws IOException {
            close(true);
        }
    }
}
