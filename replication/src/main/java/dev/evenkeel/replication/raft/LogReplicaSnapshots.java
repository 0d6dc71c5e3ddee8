package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.entity.RaftOutter;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.option.SnapshotCopierOptions;
import com.alipay.sofa.jraft.storage.snapshot.Snapshot;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotCopier;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotMetaTable;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotStorage;
import com.alipay.sofa.jraft.storage.snapshot.local.LocalSnapshotWriter;
import com.alipay.sofa.jraft.storage.snapshot.remote.RemoteFileCopier;
import com.alipay.sofa.jraft.storage.snapshot.remote.Session;
import com.alipay.sofa.jraft.util.ByteBufferCollector;
import com.alipay.sofa.jraft.util.Utils;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a log replica: they say up to where its log is not needed, and hold nothing. To be given one costs the
 * same, whatever the group holds; that is why a log replica is there within a second (mechanisms M7, M27).
 *
 * <p>While it leads, which is until it has handed over, it has nothing to give to a replica that is behind its log: such
 * a replica is told of a file that is not there, fails to copy it, and is served by the next leader.
 */
final class LogReplicaSnapshots extends LocalSnapshotStorage {
    private final RaftOptions options;
    private final Path path;

    LogReplicaSnapshots(Path path, RaftOptions options) {
        super(path.toString(), null, options);
        this.path = path;
        this.options = options;
    }

    @Override
    public @Nullable SnapshotReader open() {
        var reader = super.open();
        return reader == null ? null : new EmptyReader((LocalSnapshotReader) reader);
    }

    @Override
    public @Nullable SnapshotCopier startToCopyFrom(String uri, SnapshotCopierOptions copierOptions) {
        var copier = new MetaCopier();
        if (!copier.files.init(uri, null, copierOptions)) {
            return null;
        }
        copier.thread.start();
        return copier;
    }

    /** Takes what the snapshot says of itself, and none of its files. */
    private final class MetaCopier extends SnapshotCopier {
        final RemoteFileCopier files = new RemoteFileCopier();
        final Thread thread = Thread.ofVirtual().name("log-replica-snapshot").unstarted(this::copyMeta);
        private volatile @Nullable SnapshotReader reader;
        private volatile @Nullable Session session;

        private void copyMeta() {
            try {
                var table = table();
                if (table != null) {
                    write(table);
                }
                if (isOk()) {
                    reader = open();
                }
            } catch (InterruptedException stopped) {
                setError(RaftError.ECANCELED, "cancelled");
            } catch (IOException | RuntimeException e) {
                setError(RaftError.EIO, "%s", String.valueOf(e));
            }
        }

        private @Nullable LocalSnapshotMetaTable table() throws InterruptedException {
            var bytes = ByteBufferCollector.allocate(0);
            var copying = files.startCopy2IoBuffer(Snapshot.JRAFT_SNAPSHOT_META_FILE, bytes, null);
            session = copying;
            copying.join();
            if (!copying.status().isOk()) {
                setError(
                        copying.status().getCode(),
                        "%s",
                        String.valueOf(copying.status().getErrorMsg()));
                return null;
            }
            var table = new LocalSnapshotMetaTable(options);
            if (!table.loadFromIoBufferAsRemote(bytes.getBuffer())) {
                setError(RaftError.EINVAL, "the snapshot's table cannot be read");
                return null;
            }
            return table;
        }

        private void write(LocalSnapshotMetaTable table) throws IOException {
            var writer = (LocalSnapshotWriter) create(true);
            if (writer == null || !writer.saveMeta(table.getMeta())) {
                setError(RaftError.EIO, "no snapshot can be written to %s", path);
                return;
            }
            writer.close();
        }

        @Override
        public void cancel() {
            var copying = session;
            if (copying != null) {
                copying.cancel();
            }
            thread.interrupt();
        }

        @Override
        public void join() throws InterruptedException {
            thread.join();
        }

        @Override
        public void start() {
            // is running since it was made
        }

        @Override
        public @Nullable SnapshotReader getReader() {
            return reader;
        }

        @Override
        public void close() {
            cancel();
            Utils.closeQuietly(session);
        }
    }

    /** A snapshot that may be looked at and not copied. */
    private static final class EmptyReader extends SnapshotReader {
        private final LocalSnapshotReader inner;

        EmptyReader(LocalSnapshotReader inner) {
            this.inner = inner;
        }

        /** The engine's file service has nothing under this number. */
        @Override
        public String generateURIForCopy() {
            return REMOTE_SNAPSHOT_URI_SCHEME + "log-replica:1/0";
        }

        @Override
        public boolean init(@Nullable Void unused) {
            return true;
        }

        @Override
        public void shutdown() {
            inner.shutdown();
        }

        @Override
        public RaftOutter.SnapshotMeta load() {
            return inner.load();
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }

        @Override
        public String getPath() {
            return inner.getPath();
        }

        @Override
        public java.util.Set<String> listFiles() {
            return inner.listFiles();
        }

        @Override
        public com.google.protobuf.@Nullable Message getFileMeta(String file) {
            return inner.getFileMeta(file);
        }
    }
}
