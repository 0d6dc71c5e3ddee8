package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.JRaftServiceFactory;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.entity.codec.LogEntryCodecFactory;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.NodeOptions;
import com.alipay.sofa.jraft.option.RaftOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import com.alipay.sofa.jraft.storage.RaftMetaStorage;
import com.alipay.sofa.jraft.storage.SnapshotStorage;
import dev.evenkeel.replication.RaftLog;
import java.nio.file.Path;
import java.util.List;

/** Where one replica's log, vote and snapshots are. */
final class EngineServices implements JRaftServiceFactory {
    private final RaftLog log;
    private final List<ConfigurationEntry> members;
    private final Path snapshots;
    private final GroupMember.Kind kind;
    private final Faults faults;

    /** Who is told of what the engine does not tell. Any thread. */
    interface Faults {
        /** An entry is not what was written. */
        void logDamaged();

        /** A vote could not be made durable. */
        void voteNotDurable();

        /** The newest snapshot is not what was written, so that this replica cannot be opened with it again. */
        void snapshotDamaged();

        /** A file of the newest snapshot, read for another replica, is not what was written. */
        void sentSnapshotDamaged();
    }

    EngineServices(
            RaftLog log, List<ConfigurationEntry> members, Path snapshots, GroupMember.Kind kind, Faults faults) {
        this.faults = faults;
        this.log = log;
        this.members = members;
        this.snapshots = snapshots;
        this.kind = kind;
    }

    @Override
    public LogStorage createLogStorage(String uri, RaftOptions options) {
        return new EngineLog(log, members, faults::logDamaged);
    }

    @Override
    public RaftMetaStorage createRaftMetaStorage(String uri, RaftOptions options) {
        return new EngineVote(log, faults::voteNotDurable);
    }

    @Override
    public SnapshotStorage createSnapshotStorage(NodeOptions options) {
        return switch (kind) {
            case STORAGE ->
                new StorageReplicaSnapshots(
                        snapshots, options.getRaftOptions(), faults::snapshotDamaged, faults::sentSnapshotDamaged);
            case LOG -> new LogReplicaSnapshots(snapshots, options.getRaftOptions());
        };
    }

    /** The engine's own form of entries, which is not used: ours is {@link EngineLog}. */
    @Override
    public LogEntryCodecFactory createLogEntryCodecFactory() {
        return LogEntryV2CodecFactory.getInstance();
    }
}
