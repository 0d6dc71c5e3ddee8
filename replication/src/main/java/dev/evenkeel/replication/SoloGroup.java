package dev.evenkeel.replication;

/** A group of one replica: it always leads, and an entry is committed when its own log has it. */
public final class SoloGroup implements ReplicationGroup {
    private final int id;
    private final GroupLog log;

    private SoloGroup(int id, GroupLog log) {
        this.id = id;
        this.log = log;
    }

    /**
     * Opens a group: applies what its log has beyond the state machine, then takes proposals.
     *
     * @throws LogCorruptException when the log cannot be read
     * @throws LogTruncatedException when log and state machine do not fit together: entries between them are missing
     * @throws IllegalStateException when the log has that group open already
     */
    public static SoloGroup open(int id, SoloLog log, StateMachine machine) {
        return new SoloGroup(id, log.open(id, machine));
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public long term() {
        return log.term();
    }

    @Override
    public Proposal propose(byte[] entry, long term) {
        GroupLog.checkPayload(entry);
        return log.propose(entry, term);
    }

    /** Nobody else can lead, so there is nothing to wait for. */
    @Override
    public void readBarrier() {}

    @Override
    public long appliedLsn() {
        return log.tails().appliedLsn();
    }

    @Override
    public LogTail tail(long afterLsn) {
        return log.tails().open(afterLsn);
    }

    @Override
    public LogTail tail() {
        return log.tails().open();
    }

    @Override
    public void close() {
        log.close();
    }
}
