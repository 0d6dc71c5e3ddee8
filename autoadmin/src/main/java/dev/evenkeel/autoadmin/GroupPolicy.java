package dev.evenkeel.autoadmin;

import dev.evenkeel.metadata.GroupDescriptor;
import java.util.Optional;

/** Says what one group needs next, in one respect. Asked only about groups that can change. */
@FunctionalInterface
interface GroupPolicy {
    Optional<Action> next(Situation situation, GroupDescriptor group);
}
