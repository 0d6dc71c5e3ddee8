package dev.evenkeel.metadata;

/** What a replica of a group does for it. */
public enum ReplicaKind {
    /** Log and store: votes, serves, may lead. */
    STORAGE,
    /** The recent log only: votes, never serves, leads only to hand over. */
    LOG,
    /**
     * A storage replica that is being filled, or whose node is away and may come back: does not vote until it takes the
     * place of another.
     */
    LEARNER;

    public boolean votes() {
        return this != LEARNER;
    }
}
