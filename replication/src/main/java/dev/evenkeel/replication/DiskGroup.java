package dev.evenkeel.replication;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A solo group on a {@link NodeLog}. Its fields belong to the intake's lock or to the writer, as marked; an entry goes
 * from queued (intake) to durable and applied (writer).
 */
final class DiskGroup extends LogMember implements GroupLog {
    final StateMachine machine;
    private final NodeLog log;
    private final Intake intake;
    private final TailHub tails;

    /** Changed under the intake's lock, read anywhere. */
    volatile long term = 1;
    /** The LSN of the last entry queued. Under the intake's lock. */
    long lastLsn;
    /** Why the machine does not take its entries; null when it does. Under the intake's lock. */
    @Nullable
    Throwable stalledBy;
    /** When the machine was last offered the entries it did not take. Under the intake's lock. */
    long stalledAtNanos;

    /** The LSN of the last durable entry. The writer's. */
    long durableLsn;
    /** Durable entries that the machine has not taken yet. The writer's. */
    private List<LogEntry> unapplied = new ArrayList<>();

    DiskGroup(int id, StateMachine machine, NodeLog log, Intake intake, TailHub tails, long lastLsn) {
        super(id);
        this.machine = machine;
        this.log = log;
        this.intake = intake;
        this.tails = tails;
        this.lastLsn = lastLsn;
        this.durableLsn = lastLsn;
    }

    @Override
    public long term() {
        return term;
    }

    @Override
    public Proposal propose(byte[] entry, long expectedTerm) {
        return intake.add(this, entry, expectedTerm);
    }

    @Override
    public TailHub tails() {
        return tails;
    }

    @Override
    public void close() {
        intake.drain(this);
        tails.close();
        log.closed(this);
    }

    @Override
    void rewind() {
        if (lastLsn != durableLsn) {
            lastLsn = durableLsn;
            term++;
        }
    }

    /** Notes an entry that has become durable. The writer's. */
    void durable(LogEntry entry) {
        unapplied.add(entry);
        durableLsn = entry.lsn();
    }

    /**
     * Offers the machine what it has not taken yet, and the tails what it has. The writer's.
     *
     * @return what the machine threw, null when all is applied
     */
    @Nullable
    Throwable apply() {
        if (unapplied.isEmpty()) {
            return null;
        }
        var entries = unapplied;
        try {
            machine.apply(entries);
        } catch (Throwable e) { // whatever it is, the other groups' writes must go on
            int taken = taken(entries);
            publish(entries.subList(0, taken));
            unapplied = new ArrayList<>(entries.subList(taken, entries.size()));
            return e;
        }
        unapplied = new ArrayList<>(); // the machine may keep the list
        publish(entries);
        return null;
    }

    private int taken(List<LogEntry> entries) {
        try {
            long count = machine.appliedLsn() - entries.getFirst().lsn() + 1;
            return (int) Math.clamp(count, 0, entries.size());
        } catch (RuntimeException e) {
            return 0;
        }
    }

    private void publish(List<LogEntry> entries) {
        if (!entries.isEmpty()) {
            tails.publish(entries);
        }
    }
}
