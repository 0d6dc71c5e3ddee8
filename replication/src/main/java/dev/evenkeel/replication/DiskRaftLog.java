package dev.evenkeel.replication;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Raft group's log on a {@link NodeLog}. */
final class DiskRaftLog extends LogMember implements RaftLog {
    /** Far more than anybody sends at once; a batch is never divided, and must end where an offset of 32 bits does. */
    private static final long APPEND_BYTES_MAX = 1L << 30;

    private static final byte[] NOTHING = new byte[0];

    final RaftStates states;
    final RaftState state;
    private final NodeLog log;
    private final Intake intake;
    private final RaftReader reader;
    private final Runnable holdsSpace;

    DiskRaftLog(int id, RaftStates states, NodeLog log, Intake intake, Segments segments, Runnable holdsSpace) {
        super(id);
        this.states = states;
        this.state = states.of(id);
        this.log = log;
        this.intake = intake;
        this.holdsSpace = holdsSpace;
        this.reader = new RaftReader(segments, id);
    }

    @Override
    public long firstIndex() {
        return state.first();
    }

    @Override
    public long lastIndex() {
        return state.last();
    }

    @Override
    public @Nullable RaftEntry entry(long index) {
        var recent = state.recent(index);
        return recent == null ? older(index) : recent;
    }

    private @Nullable RaftEntry older(long index) {
        var place = state.place(index);
        if (place == null) {
            return null;
        }
        try {
            return reader.read(place, index);
        } catch (IOException e) {
            if (state.place(index) == null) {
                return null; // its segment went while we looked
            }
            throw new LogUnavailableException("group " + id + ": the log cannot be read: " + e, e);
        }
    }

    @Override
    public void append(List<RaftEntry> entries) {
        RaftLog.checkFollows(entries, state.last());
        if (entries.isEmpty()) {
            return;
        }
        var write = new RaftWrite.Append(this, entries);
        if (write.recordBytes() > APPEND_BYTES_MAX) {
            throw new IllegalArgumentException("entries of " + write.recordBytes() + " bytes at once");
        }
        intake.add(write);
        write.await();
    }

    /** What is dropped is gone for readers at once. Nobody waits for its record, since a segment's statement says it, too. */
    @Override
    public void truncatePrefix(long firstKept) {
        RaftLog.checkIndex(firstKept);
        if (firstKept > state.last() + 1) {
            reset(firstKept);
        } else if (firstKept > state.first()) {
            intake.add(change(RaftRecordKind.PREFIX, firstKept));
            state.prefix(firstKept);
            reader.closeUnless(state::isIn);
        }
    }

    @Override
    public void truncateSuffix(long lastKept) {
        RaftLog.checkLastKept(lastKept, state.first(), state.last());
        if (lastKept < state.last()) {
            await(change(RaftRecordKind.SUFFIX, lastKept));
        }
    }

    @Override
    public void reset(long nextIndex) {
        RaftLog.checkIndex(nextIndex);
        await(change(RaftRecordKind.RESET, nextIndex));
        reader.closeUnless(state::isIn);
    }

    @Override
    public Vote vote() {
        return state.vote();
    }

    @Override
    public void vote(Vote vote) {
        await(new RaftWrite.Change(this, RaftRecordKind.VOTE, 0, vote.term(), vote.votedForBytes()));
    }

    /** The group leaves this node. Returns when that is durable. */
    void drop() {
        await(change(RaftRecordKind.DROP, 0));
    }

    /** Its entries keep a segment of a log that is too large. */
    void askForSpace() {
        holdsSpace.run();
    }

    private RaftWrite change(RaftRecordKind kind, long index) {
        return new RaftWrite.Change(this, kind, index, 0, NOTHING);
    }

    private void await(RaftWrite write) {
        intake.add(write);
        write.await();
    }

    /** Nothing to do: the state knows only what is durable. */
    @Override
    void rewind() {}

    @Override
    public void close() {
        intake.drain(this);
        reader.close();
        log.closed(this);
    }
}
