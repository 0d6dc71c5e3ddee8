package dev.evenkeel.metadata;

/** What the operators want of a node; whether it lives is observed, not written down. */
public enum NodeState {
    /** Hosts replicas and gets new ones. */
    ACTIVE,
    /** Gets no new replicas, and those it has move away. */
    DRAINING,
    /** Hosts nothing and never will: its id stays taken. */
    LEFT
}
