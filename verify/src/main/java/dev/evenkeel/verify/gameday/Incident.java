package dev.evenkeel.verify.gameday;

/**
 * One fault as it went.
 *
 * @param recoveredNanos when all nodes answered and every table had taken a write again
 * @param wholeNanos when all replicas took part again and the cluster could have lost another node
 * @param remark empty when there is none
 */
record Incident(
        FaultKind kind,
        String what,
        long injectedNanos,
        long healedNanos,
        long recoveredNanos,
        long wholeNanos,
        String remark) {}
