package dev.evenkeel.partition;

import dev.evenkeel.model.Item;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one proposal does to several partitions, until it is applied. */
final class InFlight {
    private final List<Part> parts = new ArrayList<>();

    /** One write of the proposal. */
    record Effect(PartitionLeader partition, WriteEffect effect) {}

    /** A write, and what later evaluations see of it. */
    private record Part(
            PartitionLeader partition,
            WriteEffect effect,
            Pending.Outcome<Item> item,
            Pending.@Nullable Outcome<Long> collection) {

        void settle(Proposal proposal) {
            try {
                item.settle(proposal);
            } catch (RuntimeException known) {
                // the proposal's, and its proposer has it already
            } finally {
                partition.forget(effect, item, collection);
            }
        }
    }

    /** To be called by the partitions' owner when all this has been proposed. */
    static InFlight of(ReplicationGroup group, Proposal proposal, List<Effect> effects) {
        var inFlight = new InFlight();
        boolean isApplied = group.appliedLsn() >= proposal.lsn();
        for (var each : effects) {
            if (isApplied) {
                each.partition.forgetOlder(each.effect);
            } else {
                inFlight.parts.add(new Part(
                        each.partition,
                        each.effect,
                        each.partition.remember(each.effect),
                        each.partition.rememberCollection(each.effect)));
            }
        }
        return inFlight;
    }

    /** Waits until it is applied, and tells those whose answers rest on it. */
    void settle(Proposal proposal) {
        try {
            proposal.await();
        } finally {
            parts.forEach(part -> part.settle(proposal));
        }
    }
}
