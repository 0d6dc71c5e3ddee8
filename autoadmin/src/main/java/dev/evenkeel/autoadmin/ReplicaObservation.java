package dev.evenkeel.autoadmin;

import java.time.Duration;

/**
 * What a replica last said of itself.
 *
 * @param installing whether it is taking over a snapshot; what it has applied says nothing until that is done
 * @param bytes of its store
 * @param failedFor how long it has not been running, as on a full disk, though its node is there; zero when it runs
 */
public record ReplicaObservation(long appliedLsn, boolean installing, long bytes, Duration failedFor) {
    public static ReplicaObservation running(long appliedLsn, boolean installing, long bytes) {
        return new ReplicaObservation(appliedLsn, installing, bytes, Duration.ZERO);
    }

    /** Its vote counts for nothing; what it has applied is no use until it runs again. */
    public static ReplicaObservation failed(Duration failedFor) {
        return new ReplicaObservation(0, false, 0, failedFor);
    }

    boolean isRunning() {
        return failedFor.isZero();
    }
}
