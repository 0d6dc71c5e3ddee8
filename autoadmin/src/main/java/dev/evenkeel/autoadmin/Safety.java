package dev.evenkeel.autoadmin;

import dev.evenkeel.autoadmin.Action.MembershipChange;
import dev.evenkeel.metadata.GroupDescriptor;

/**
 * The last word on a membership change, whichever policy asks for it: afterwards most voters must be healthy, and two
 * storage replicas caught up, or as many as there were before.
 */
final class Safety {
    private static final long COPIES_MIN = 2;

    private Safety() {}

    static boolean permits(Situation situation, Action action, GroupDescriptor group) {
        return !(action instanceof MembershipChange change) || permits(situation, group, change.applyTo(group));
    }

    private static boolean permits(Situation situation, GroupDescriptor before, GroupDescriptor after) {
        return situation.hasHealthyMajority(after)
                && copies(situation, after) >= Math.min(COPIES_MIN, copies(situation, before));
    }

    private static long copies(Situation situation, GroupDescriptor group) {
        return group.voters().stream()
                .filter(voter -> situation.isCaughtUpStorage(group, voter))
                .count();
    }
}
