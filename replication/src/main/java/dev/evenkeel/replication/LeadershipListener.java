package dev.evenkeel.replication;

/** Hears whether this node's replica leads its group. Calls come one after the other, on a thread that may wait. */
public interface LeadershipListener {

    /** This replica leads, and everything committed before is applied. */
    void lead();

    /** It no longer does. Another one may lead already. */
    void follow();
}
