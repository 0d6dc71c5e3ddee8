package dev.evenkeel.partition;

/** The groups of the cluster, wherever they are led. Given by the wiring; safe for any thread. */
@FunctionalInterface
public interface TransactionGroups {
    TransactionGroup group(int groupId);
}
