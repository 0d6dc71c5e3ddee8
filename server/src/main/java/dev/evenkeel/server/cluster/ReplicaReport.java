package dev.evenkeel.server.cluster;

import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.replication.raft.GroupMember;
import dev.evenkeel.replication.raft.GroupStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * What one replica says of itself.
 *
 * @param leader the node it follows, empty when it knows none
 * @param members of the group: voters, and nodes that follow without a vote; empty unless it leads
 * @param failure why it does not run; empty when it does
 */
record ReplicaReport(
        int groupId,
        GroupMember.Kind kind,
        String leader,
        boolean leads,
        long term,
        long lastLsn,
        long committedLsn,
        long appliedLsn,
        long bytes,
        List<GroupMember> members,
        List<String> learners,
        String failure) {

    ReplicaReport {
        members = List.copyOf(members);
        learners = List.copyOf(learners);
    }

    static ReplicaReport of(GroupStatus status, List<String> learners, long bytes) {
        return new ReplicaReport(
                status.groupId(),
                status.self().kind(),
                status.leader() == null ? "" : status.leader(),
                status.leads(),
                status.term(),
                status.lastLsn(),
                status.committedLsn(),
                status.appliedLsn(),
                bytes,
                status.members(),
                status.leads() ? learners : List.of(),
                status.failure() == null ? "" : status.failure());
    }

    /** Of one that is not even open. */
    static ReplicaReport failed(int groupId, GroupMember.Kind kind, String failure) {
        return new ReplicaReport(groupId, kind, "", false, 0, 0, 0, 0, 0, List.of(), List.of(), failure);
    }

    void write(ByteWriter out) {
        out.unsigned(groupId).u8(kindCode(kind)).string(leader).bool(leads);
        out.unsigned(term)
                .unsigned(lastLsn)
                .unsigned(committedLsn)
                .unsigned(appliedLsn)
                .unsigned(bytes);
        writeMembers(out, members);
        writeStrings(out, learners);
        out.string(failure);
    }

    static ReplicaReport read(ByteReader in) {
        return new ReplicaReport(
                (int) in.unsigned(),
                kindOf(in.u8()),
                in.string(),
                in.bool(),
                in.unsigned(),
                in.unsigned(),
                in.unsigned(),
                in.unsigned(),
                in.unsigned(),
                readMembers(in),
                readStrings(in),
                in.string());
    }

    static void writeMembers(ByteWriter out, List<GroupMember> members) {
        out.unsigned(members.size());
        members.forEach(member -> out.string(member.node()).u8(kindCode(member.kind())));
    }

    static List<GroupMember> readMembers(ByteReader in) {
        var members = new ArrayList<GroupMember>();
        for (long i = in.unsigned(); i > 0; i--) {
            members.add(new GroupMember(in.string(), kindOf(in.u8())));
        }
        return members;
    }

    static void writeStrings(ByteWriter out, List<String> strings) {
        out.unsigned(strings.size());
        strings.forEach(out::string);
    }

    static List<String> readStrings(ByteReader in) {
        var strings = new ArrayList<String>();
        for (long i = in.unsigned(); i > 0; i--) {
            strings.add(in.string());
        }
        return strings;
    }

    static int kindCode(GroupMember.Kind kind) {
        return switch (kind) {
            case STORAGE -> 1;
            case LOG -> 2;
        };
    }

    static GroupMember.Kind kindOf(int code) {
        return switch (code) {
            case 1 -> GroupMember.Kind.STORAGE;
            case 2 -> GroupMember.Kind.LOG;
            default -> throw new IllegalArgumentException("a replica of unknown kind " + code);
        };
    }
}
