package dev.evenkeel.server.cluster;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** When what a node does every so often is done: everything at the same time, since an idle node costs its wake-ups. */
final class Rhythm {
    private Rhythm() {}

    /** Waits for the next time that is a multiple of that, on this machine's clock, or until somebody wakes the thread. */
    static void awaitNext(Object blocker, Duration every) {
        long nanos = every.toNanos();
        LockSupport.parkNanos(blocker, nanos - Math.floorMod(ClusterNode.MACHINE_TIME.nanos(), nanos));
    }
}
