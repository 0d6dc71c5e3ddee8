package dev.evenkeel.replication;

/** Where solo groups keep their logs. */
public abstract sealed class SoloLog implements AutoCloseable permits MemoryLog, NodeLog {

    SoloLog() {}

    /** Brings the state machine up to the end of the group's log and takes proposals from then on. */
    abstract GroupLog open(int groupId, StateMachine machine);

    /** Closes the log; the groups go first. */
    @Override
    public abstract void close();
}
