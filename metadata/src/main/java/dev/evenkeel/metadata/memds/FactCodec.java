package dev.evenkeel.metadata.memds;

import dev.evenkeel.metadata.PartitionDescriptor;
import java.util.Arrays;

/**
 * Facts as keys and values of the tree, which is also how they travel.
 *
 * <pre>
 * dropped table = 1:u8 tableId:i32        → format:u8
 * group         = 2:u8 groupId:i32        → format:u8 version:n leader:n member… (node:text role:u8)
 * partition     = 3:u8 tableId:i32 from…  → format:u8 id:n version:n groupId:n (shared:n to…)
 * </pre>
 *
 * The lower four bits of a format are flags: 1 when a partition has an end, which is written as the number of bytes that
 * it shares with the beginning, and the rest. A group's leader is its place among the members from 1 on, 0 for none.
 */
final class FactCodec {
    /** How many bytes of a partition's key say of which table it is. */
    static final int TABLE_BYTES = 1 + Integer.BYTES;

    private static final int DROPPED_TABLE = 1;
    private static final int GROUP = 2;
    private static final int PARTITION = 3;

    private static final int FORMAT = 1 << 4;
    private static final int HAS_END = 1;

    private FactCodec() {}

    static byte[] droppedTableKey(int tableId) {
        return key(DROPPED_TABLE, tableId, new byte[0]);
    }

    static byte[] groupKey(int groupId) {
        return key(GROUP, groupId, new byte[0]);
    }

    static byte[] partitionKey(int tableId, byte[] position) {
        return key(PARTITION, tableId, position);
    }

    private static byte[] key(int kind, int id, byte[] position) {
        return new MessageSink(TABLE_BYTES + position.length)
                .u8(kind)
                .i32(id)
                .rest(position, 0)
                .toBytes();
    }

    static PerkleEntry encode(Fact fact) {
        return switch (fact) {
            case DroppedTable dropped ->
                new PerkleEntry(droppedTableKey(dropped.tableId()), new byte[] {(byte) FORMAT});
            case GroupMembership group -> new PerkleEntry(groupKey(group.groupId()), groupValue(group));
            case PlacedPartition placed ->
                new PerkleEntry(
                        partitionKey(
                                placed.partition().tableId(), placed.partition().from()),
                        partitionValue(placed));
        };
    }

    private static byte[] groupValue(GroupMembership group) {
        var nodes = group.members().stream().map(GroupMember::node).toList();
        return new MessageSink(64)
                .u8(FORMAT)
                .number(group.version())
                .number(group.leader() == null ? 0 : nodes.indexOf(group.leader()) + 1)
                .list(group.members(), FactCodec::writeMember)
                .toBytes();
    }

    @SuppressWarnings("EnumOrdinal") // roles are declared in the order of their codes
    private static void writeMember(MessageSink out, GroupMember member) {
        out.text(member.node()).u8(member.role().ordinal());
    }

    private static byte[] partitionValue(PlacedPartition placed) {
        var partition = placed.partition();
        var to = partition.to();
        var out = new MessageSink(48)
                .u8(to == null ? FORMAT : FORMAT | HAS_END)
                .number(partition.id())
                .number(placed.version())
                .number(partition.groupId());
        if (to != null) {
            int mismatch = Arrays.mismatch(partition.from(), to); // never −1: a partition is not empty
            out.number(mismatch).rest(to, mismatch);
        }
        return out.toBytes();
    }

    /** @throws CorruptMessageException for an entry that is no fact, or one of a newer release */
    static Fact decode(PerkleEntry entry) {
        var key = new MessageSource(entry.key());
        int kind = key.u8();
        int id = key.i32();
        try {
            return switch (kind) {
                case DROPPED_TABLE -> readDroppedTable(id, key, entry.value());
                case GROUP -> readGroup(id, key, entry.value());
                case PARTITION -> readPartition(id, key.rest(), entry.value());
                default -> throw new CorruptMessageException("no fact has kind " + kind);
            };
        } catch (IllegalArgumentException broken) {
            throw new CorruptMessageException("a fact contradicts itself: " + broken.getMessage(), broken);
        }
    }

    private static DroppedTable readDroppedTable(int tableId, MessageSource key, byte[] value) {
        key.end();
        var in = new MessageSource(value);
        readFormat(in);
        in.end();
        return new DroppedTable(tableId);
    }

    private static GroupMembership readGroup(int groupId, MessageSource key, byte[] value) {
        key.end();
        return readGroup(groupId, value);
    }

    private static GroupMembership readGroup(int groupId, byte[] value) {
        var in = new MessageSource(value);
        readFormat(in);
        long version = in.number();
        int leader = in.count();
        var members = in.list(FactCodec::readMember);
        in.end();
        if (leader > members.size()) {
            throw new CorruptMessageException("leader " + leader + " of " + members.size());
        }
        return new GroupMembership(
                groupId,
                version,
                members,
                leader == 0 ? null : members.get(leader - 1).node());
    }

    private static GroupMember readMember(MessageSource in) {
        var node = in.text();
        int role = in.u8();
        var roles = GroupMember.Role.values();
        if (role >= roles.length) {
            throw new CorruptMessageException("no role has code " + role);
        }
        return new GroupMember(node, roles[role]);
    }

    private static PlacedPartition readPartition(int tableId, byte[] from, byte[] value) {
        var in = new MessageSource(value);
        int flags = readFormat(in);
        long id = in.number();
        long version = in.number();
        int groupId = in.count();
        var to = (flags & HAS_END) == 0 ? null : readEnd(in, from);
        in.end();
        return new PlacedPartition(new PartitionDescriptor(id, tableId, from, to, groupId), version);
    }

    private static byte[] readEnd(MessageSource in, byte[] from) {
        int shared = in.count();
        if (shared > from.length) {
            throw new CorruptMessageException(shared + " of " + from.length + " bytes shared");
        }
        int rest = in.remaining();
        var to = Arrays.copyOf(from, shared + rest);
        System.arraycopy(in.rest(), 0, to, shared, rest);
        return to;
    }

    /** The flags. */
    private static int readFormat(MessageSource in) {
        int format = in.u8();
        if ((format & ~HAS_END) != FORMAT) {
            throw new CorruptMessageException("a fact of format " + format + "; this release reads " + FORMAT);
        }
        return format & HAS_END;
    }

    /**
     * The group of the partition an entry is about, or −1 when that partition ends before the position. Allocates nothing.
     *
     * @param key of the position; the entry's is of the same table, and not greater
     */
    static int groupOfHolder(PerkleCursor entry, byte[] key) {
        var in = entry.valueSource();
        int flags = readFormat(in);
        in.number();
        in.number();
        int groupId = in.count();
        if ((flags & HAS_END) == 0) {
            return groupId;
        }
        int shared = TABLE_BYTES + in.count();
        // A position that leaves the path of the beginning before the end does is greater than both.
        return entry.keySharesPrefix(key, shared) && in.compareRest(key, shared) > 0 ? groupId : -1;
    }

    /**
     * Which of two facts of one version holds. Nobody should send such, but if somebody does, servers must not differ for
     * ever over who came first.
     */
    static boolean breaksTie(Fact fact, Fact other) {
        return !fact.equals(other)
                && Arrays.compareUnsigned(encode(fact).value(), encode(other).value()) > 0;
    }

    static void writeRoute(MessageSink out, byte[] partitionKey, byte[] partitionValue, byte[] groupValue) {
        out.raw(partitionKey).raw(partitionValue).raw(groupValue);
    }

    static void writeRoute(MessageSink out, Route route) {
        var partition = encode(route.placed());
        writeRoute(out, partition.key(), partition.value(), groupValue(route.group()));
    }

    static Route readRoute(MessageSource in) {
        var fact = decode(new PerkleEntry(in.raw(), in.raw()));
        if (!(fact instanceof PlacedPartition placed)) {
            throw new CorruptMessageException("a route to " + fact);
        }
        return new Route(placed, readGroup(placed.partition().groupId(), in.raw()));
    }
}
