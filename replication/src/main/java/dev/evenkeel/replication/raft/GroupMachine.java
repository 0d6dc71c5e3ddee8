package dev.evenkeel.replication.raft;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import dev.evenkeel.replication.LogEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine applies committed entries to. All methods but the writing of snapshots run on one of its threads. */
final class GroupMachine extends StateMachineAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMachine.class);

    /** A store that takes no entries, as on a full disk, is offered them again that often. */
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A replica that was away may have a whole log to apply; so much of it is held in memory at a time. */
    private static final long BATCH_BYTES_MAX = 4L << 20;

    private final RaftGroup group;
    private final GroupSnapshots snapshots;
    private final EntryChain chain = new EntryChain(EntryChain.State.NEW);

    GroupMachine(RaftGroup group, GroupSnapshots snapshots) {
        this.group = group;
        this.snapshots = snapshots;
    }

    @Override
    public void onApply(Iterator entries) {
        while (entries.hasNext()) {
            applyBatch(entries);
        }
    }

    private void applyBatch(Iterator entries) {
        var payloads = new ArrayList<LogEntry>();
        var applied = new ArrayList<ProposalQueue.AppliedEntry>();
        long bytes = 0;
        for (; entries.hasNext() && bytes < BATCH_BYTES_MAX; entries.next()) {
            var entry = EngineLog.bytes(entries.getData());
            long index = entries.getIndex();
            boolean counts = chain.counts(index, EntryHeader.of(entry));
            if (counts && entry.length > EntryHeader.BYTES) { // one without payload only takes its place
                payloads.add(new LogEntry(index, EntryHeader.payload(entry)));
            }
            bytes += entry.length;
            applied.add(new ProposalQueue.AppliedEntry(index, entries.getTerm(), counts, proposal(entries.done())));
        }
        if (!payloads.isEmpty()) {
            apply(payloads);
        }
        group.applied(applied, bytes);
    }

    private static @Nullable RaftProposal proposal(@Nullable Closure done) {
        return done instanceof RaftProposal proposal ? proposal : null;
    }

    /** The engine would give the replica up for good. It may be the disk that is full, and somebody makes room. */
    private void apply(List<LogEntry> payloads) {
        boolean stalled = false;
        while (true) {
            try {
                group.machineApplies(payloads);
                if (stalled) {
                    LOG.info("Group {} takes its entries again", group.id());
                    group.stalled(null);
                }
                return;
            } catch (RuntimeException e) {
                if (!stalled) {
                    LOG.error("Group {} does not take its entries; tried again until it does", group.id(), e);
                    stalled = true;
                }
                group.stalled(e);
                if (group.isClosed()) {
                    throw e;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        snapshots.save(writer, chain.state(), done);
    }

    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        var state = snapshots.load(reader);
        if (state == null) {
            return false;
        }
        chain.reset(state);
        group.restored(reader.load().getLastIncludedIndex());
        return true;
    }

    @Override
    public void onLeaderStart(long raftTerm) {
        group.leads(raftTerm);
    }

    @Override
    public void onLeaderStop(Status status) {
        group.follows();
    }

    @Override
    public void onError(RaftException e) {
        group.failed(e);
    }
}
