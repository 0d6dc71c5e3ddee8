package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import dev.evenkeel.replication.LogCorruptException;
import dev.evenkeel.replication.RaftEntry;
import dev.evenkeel.replication.RaftLog;
import dev.evenkeel.replication.ReplicationException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A group's share of the node's log, as the engine wants to see it. */
final class EngineLog implements LogStorage {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLog.class);

    private final RaftLog log;
    private final List<ConfigurationEntry> members;
    private final Runnable damaged;

    /**
     * @param members see {@link #members}
     * @param damaged called when an entry is not what was written
     */
    EngineLog(RaftLog log, List<ConfigurationEntry> members, Runnable damaged) {
        this.log = log;
        this.members = members;
        this.damaged = damaged;
    }

    /** The engine must know of every change of members that is in the log. */
    @Override
    public boolean init(LogStorageOptions options) {
        members.forEach(options.getConfigurationManager()::add);
        return true;
    }

    /**
     * The changes of members in a log, which is read from end to end. To be done before the engine is begun: one that cannot
     * open its log cannot be ended either.
     *
     * @throws LogCorruptException when an entry is not what was written
     * @throws ReplicationException when the log cannot be read
     */
    static List<ConfigurationEntry> members(RaftLog log) {
        var members = new ArrayList<ConfigurationEntry>();
        for (long index = log.firstIndex(); index <= log.lastIndex(); index++) {
            var entry = log.entry(index);
            if (entry != null && entry.kind() == RaftEntry.Kind.CONFIGURATION) {
                var decoded = decode(entry);
                var old = new Configuration();
                if (decoded.getOldPeers() != null) {
                    old = new Configuration(decoded.getOldPeers(), decoded.getOldLearners());
                }
                members.add(new ConfigurationEntry(
                        decoded.getId(), new Configuration(decoded.getPeers(), decoded.getLearners()), old));
            }
        }
        return members;
    }

    @Override
    public void shutdown() {
        // the group closes its log
    }

    @Override
    public long getFirstLogIndex() {
        return log.firstIndex();
    }

    @Override
    public long getLastLogIndex() {
        return log.lastIndex();
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        try {
            var entry = log.entry(index);
            return entry == null ? null : decode(entry);
        } catch (LogCorruptException e) {
            LOG.error("Entry {} is damaged", index, e);
            damaged.run();
            return null; // the engine takes it for missing, and gives nothing in its place
        } catch (ReplicationException unreadable) {
            LOG.error("Entry {} cannot be read", index, unreadable);
            return null;
        }
    }

    @Override
    @Deprecated
    public long getTerm(long index) {
        var entry = log.entry(index);
        return entry == null ? 0 : entry.term();
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }

    /** Returns when they are durable. What it does not take makes the engine give the replica up; see {@link RaftGroup}. */
    @Override
    public int appendEntries(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        var encoded = new ArrayList<RaftEntry>(entries.size());
        for (var entry : entries) {
            encoded.add(encode(entry));
        }
        try {
            log.append(encoded);
            return entries.size();
        } catch (ReplicationException refused) {
            LOG.error("The log takes no entries", refused);
            return 0;
        }
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        return did(() -> log.truncatePrefix(firstIndexKept));
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        return did(() -> log.truncateSuffix(lastIndexKept));
    }

    @Override
    public boolean reset(long nextLogIndex) {
        return did(() -> log.reset(nextLogIndex));
    }

    private static boolean did(Runnable change) {
        try {
            change.run();
            return true;
        } catch (ReplicationException refused) {
            LOG.error("The log takes no changes", refused);
            return false;
        }
    }

    private static RaftEntry encode(LogEntry entry) {
        var id = entry.getId();
        return switch (entry.getType()) {
            case ENTRY_TYPE_DATA ->
                new RaftEntry(id.getIndex(), id.getTerm(), RaftEntry.Kind.DATA, bytes(entry.getData()));
            case ENTRY_TYPE_CONFIGURATION ->
                new RaftEntry(id.getIndex(), id.getTerm(), RaftEntry.Kind.CONFIGURATION, members(entry));
            case ENTRY_TYPE_NO_OP -> new RaftEntry(id.getIndex(), id.getTerm(), RaftEntry.Kind.NO_OP, new byte[0]);
            default -> throw new IllegalArgumentException("an entry of type " + entry.getType());
        };
    }

    /** The very array when the buffer is all of it, which it is wherever entries come from. */
    static byte[] bytes(ByteBuffer buffer) {
        if (buffer.hasArray()
                && buffer.arrayOffset() == 0
                && buffer.position() == 0
                && buffer.remaining() == buffer.array().length) {
            return buffer.array();
        }
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Four lists of members as text: new, old, new learners, old learners. */
    private static byte[] members(LogEntry entry) {
        return (list(entry.getPeers())
                        + "\n"
                        + list(entry.getOldPeers())
                        + "\n"
                        + list(entry.getLearners())
                        + "\n"
                        + list(entry.getOldLearners()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String list(@Nullable List<PeerId> peers) {
        return peers == null
                ? ""
                : String.join(",", peers.stream().map(PeerId::toString).toList());
    }

    private static LogEntry decode(RaftEntry entry) {
        var decoded = new LogEntry(
                switch (entry.kind()) {
                    case DATA -> EntryType.ENTRY_TYPE_DATA;
                    case CONFIGURATION -> EntryType.ENTRY_TYPE_CONFIGURATION;
                    case NO_OP -> EntryType.ENTRY_TYPE_NO_OP;
                });
        decoded.setId(new LogId(entry.index(), entry.term()));
        switch (entry.kind()) {
            case DATA -> decoded.setData(ByteBuffer.wrap(entry.payload()));
            case CONFIGURATION -> setMembers(decoded, entry.payload());
            case NO_OP -> {}
        }
        return decoded;
    }

    private static void setMembers(LogEntry decoded, byte[] payload) {
        var lists = new String(payload, StandardCharsets.UTF_8).split("\n", -1);
        decoded.setPeers(peers(lists[0]));
        decoded.setOldPeers(peers(lists[1]));
        decoded.setLearners(peers(lists[2]));
        decoded.setOldLearners(peers(lists[3]));
    }

    private static @Nullable List<PeerId> peers(String list) {
        return list.isEmpty()
                ? null
                : new ArrayList<>(
                        Arrays.stream(list.split(",")).map(PeerId::parsePeer).toList());
    }
}
