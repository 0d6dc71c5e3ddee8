package dev.evenkeel.autoadmin;

/**
 * What a replica last said of itself.
 *
 * @param installing whether it is taking over a snapshot; what it has applied says nothing until that is done
 * @param bytes of its store
 */
public record ReplicaObservation(long appliedLsn, boolean installing, long bytes) {}
