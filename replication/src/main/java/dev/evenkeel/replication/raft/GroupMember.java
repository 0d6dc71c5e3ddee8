package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.entity.PeerId;
import java.util.Collection;
import java.util.List;

/** One replica of a group: the node it is on, and what it is there for. */
public record GroupMember(String node, Kind kind) {
    /** Engine addresses have a port; ours are nodes, found by name. */
    private static final int NO_PORT = 1;

    private static final int STORAGE_PRIORITY = 2;

    /**
     * Log replicas can lead, since one of them alone may have the newest entries; but only when no storage replica has
     * stood for election for a few timeouts.
     */
    private static final int LOG_PRIORITY = 1;

    /** What a replica is there for. */
    public enum Kind {
        /** Log and store: serves, leads. */
        STORAGE,
        /** Recent log only: votes, counts for the majority, never serves, leads only to hand over. */
        LOG
    }

    public static GroupMember storage(String node) {
        return new GroupMember(node, Kind.STORAGE);
    }

    public static GroupMember log(String node) {
        return new GroupMember(node, Kind.LOG);
    }

    /** A node may have a replica of each kind for a while: a log replica votes until the other one has caught up. */
    private static final int STORAGE_INDEX = 0;

    private static final int LOG_INDEX = 1;

    PeerId peer() {
        return switch (kind) {
            case STORAGE -> new PeerId(node, NO_PORT, STORAGE_INDEX, STORAGE_PRIORITY);
            case LOG -> new PeerId(node, NO_PORT, LOG_INDEX, LOG_PRIORITY);
        };
    }

    static GroupMember of(PeerId peer) {
        return new GroupMember(peer.getIp(), peer.getIdx() == LOG_INDEX ? Kind.LOG : Kind.STORAGE);
    }

    static Configuration configuration(Collection<GroupMember> members) {
        return new Configuration(members.stream().map(GroupMember::peer).toList());
    }

    static List<GroupMember> of(Collection<PeerId> peers) {
        return peers.stream().map(GroupMember::of).toList();
    }
}
