package dev.evenkeel.server.cluster;

import dev.evenkeel.metadata.NodeDescriptor;
import dev.evenkeel.metadata.NodeState;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.replication.raft.GroupMember;
import java.time.Duration;
import java.util.List;

/**
 * What nodes ask each other for the cluster's own sake. The asking side; the other is {@link AdminService}.
 *
 * <pre>
 * request = version:u8 kind:u8 …
 * answer  = version:u8 done:bool [reason]
 * </pre>
 */
final class AdminCalls {
    static final int VERSION = 1;
    static final int REPORT = 1;
    static final int JOIN = 2;
    static final int OPEN = 3;
    static final int CHANGE = 4;
    static final int TRANSFER = 5;
    static final int REMOVE = 6;
    static final int KNOWS = 7;
    static final int REMOVE_MEMBER = 8;

    /** Of {@link #REMOVE}: a node that has lost everything. */
    static final int ALL_GROUPS = 0x7FFF_FFFF;

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration KNOWS_TIMEOUT = Duration.ofSeconds(2);

    /** New members may have to be given everything first. */
    private static final Duration CHANGE_TIMEOUT = Duration.ofMinutes(30);

    private final NodeCaller calls;

    AdminCalls(NodeCaller calls) {
        this.calls = calls;
    }

    private static ByteWriter request(int kind) {
        return new ByteWriter(128).u8(VERSION).u8(kind);
    }

    static byte[] report(NodeReport report) {
        var out = request(REPORT);
        report.write(out);
        return out.toBytes();
    }

    /** Asks the node that leads the catalog to be taken in. */
    void join(String leader, NodeDescriptor node) {
        var out = request(JOIN);
        out.string(node.id()).string(node.zone());
        out.string(node.clientHost()).unsigned(node.clientPort());
        out.string(node.peerHost()).unsigned(node.peerPort());
        out.unsigned(node.featureLevel());
        ask(leader, out, TIMEOUT);
    }

    static NodeDescriptor readNode(ByteReader in) {
        return new NodeDescriptor(
                in.string(),
                in.string(),
                in.string(),
                (int) in.unsigned(),
                in.string(),
                (int) in.unsigned(),
                NodeState.ACTIVE,
                (int) in.unsigned());
    }

    /** Has a node open a replica that is about to become a member. */
    void open(String node, int groupId, GroupMember.Kind kind) {
        ask(node, request(OPEN).unsigned(groupId).u8(ReplicaReport.kindCode(kind)), TIMEOUT);
    }

    /** Has the leader's node change a group's members; returns when it is done. */
    void change(String leader, int groupId, List<GroupMember> voters, List<String> learners) {
        var out = request(CHANGE).unsigned(groupId);
        ReplicaReport.writeMembers(out, voters);
        ReplicaReport.writeStrings(out, learners);
        ask(leader, out, CHANGE_TIMEOUT);
    }

    /** Has the leader's node take a node out of a group, if it is in it as the group has it; returns when it is out. */
    void removeMember(String leader, int groupId, String node) {
        ask(leader, request(REMOVE_MEMBER).unsigned(groupId).string(node), CHANGE_TIMEOUT);
    }

    void transfer(String leader, int groupId, String toNode) {
        ask(leader, request(TRANSFER).unsigned(groupId).string(toNode), TIMEOUT);
    }

    /**
     * Tells the node that leads the catalog that a node has lost its replica of a group, or all: returns when the node is
     * no member any more, and may begin anew.
     */
    void remove(String leader, String node, int groupId) {
        ask(leader, request(REMOVE).string(node).unsigned(groupId), CHANGE_TIMEOUT);
    }

    /** Whether that node knows this one. */
    FirstStart.Answer knows(String other, String node) {
        try {
            int code =
                    answered(other, request(KNOWS).string(node), KNOWS_TIMEOUT).u8();
            var answers = FirstStart.Answer.values();
            return code < answers.length ? answers[code] : FirstStart.Answer.UNSURE;
        } catch (RuntimeException no) {
            return FirstStart.Answer.UNSURE;
        }
    }

    private void ask(String node, ByteWriter request, Duration timeout) {
        answered(node, request, timeout);
    }

    /** What the answer has beside the fact that it was done. */
    private ByteReader answered(String node, ByteWriter request, Duration timeout) {
        var in = new ByteReader(calls.call(node, Services.ADMIN, request.toBytes(), timeout));
        if (in.u8() != VERSION) {
            throw new IllegalStateException("node " + node + " answers in a version that this release cannot read");
        }
        if (!in.bool()) {
            throw new IllegalStateException("node " + node + ": " + in.string());
        }
        return in;
    }
}
