package dev.evenkeel.replication;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * How one Raft group stands where a segment begins. The statement of all groups is the segment's first record, durable
 * before the segment counts, so that older segments can go without taking a vote along.
 *
 * <pre>
 * payload   = count:u32 statement…
 * statement = group:u32 first:u64 last:u64 term:u64 length:u32 votedFor
 * </pre>
 */
record RaftStatement(int group, long first, long last, Vote vote) {
    private static final int FIXED_BYTES = 32;

    static byte[] encoded(List<RaftStatement> statements) {
        int bytes = Integer.BYTES;
        for (var statement : statements) {
            bytes += FIXED_BYTES + statement.vote().votedForBytes().length;
        }
        var buffer = ByteBuffer.allocate(bytes).putInt(statements.size());
        statements.forEach(statement -> statement.put(buffer));
        return buffer.array();
    }

    private void put(ByteBuffer buffer) {
        var votedFor = vote.votedForBytes();
        buffer.putInt(group).putLong(first).putLong(last).putLong(vote.term());
        buffer.putInt(votedFor.length).put(votedFor);
    }

    static List<RaftStatement> decoded(byte[] payload) {
        var buffer = ByteBuffer.wrap(payload);
        int count = buffer.getInt();
        var statements = new ArrayList<RaftStatement>();
        for (int i = 0; i < count; i++) {
            statements.add(next(buffer));
        }
        return statements;
    }

    private static RaftStatement next(ByteBuffer buffer) {
        int group = buffer.getInt();
        long first = buffer.getLong();
        long last = buffer.getLong();
        long term = buffer.getLong();
        var votedFor = new byte[buffer.getInt()];
        buffer.get(votedFor);
        return new RaftStatement(group, first, last, Vote.of(term, votedFor));
    }
}
