package dev.evenkeel.partition;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.PreparedItem;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.ReplicationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends transactions whose coordinators do not, from both sides, on the replica that leads a group: those whose ledger record
 * is here, and those that hold items here. It does nothing that a coordinator could not still be doing at the same time:
 * decisions are the ledger's, and a participant that has finished does so once.
 */
final class TransactionRecovery {
    private static final Logger log = LoggerFactory.getLogger(TransactionRecovery.class);

    private final int groupId;
    private final Ledger ledger;
    private final TransactionGroups groups;
    private final Ticker machineTime;
    private final Supplier<Collection<PartitionLeader>> partitions;

    private final ReentrantLock sweeping = new ReentrantLock();

    /** Transactions that hold items here, and when that was first seen. */
    private Map<TransactionId, Long> seen = new HashMap<>();

    /** @param groups also this one, as everybody sees it */
    TransactionRecovery(
            int groupId,
            Ledger ledger,
            TransactionGroups groups,
            Ticker machineTime,
            Supplier<Collection<PartitionLeader>> partitions) {
        this.groupId = groupId;
        this.ledger = ledger;
        this.groups = groups;
        this.machineTime = machineTime;
        this.partitions = partitions;
    }

    /**
     * Looks at everything once.
     *
     * @throws ReplicationException when this replica does not lead, or ceases to
     */
    void sweep() {
        sweeping.lock();
        try {
            ledger.stalled().forEach(this::endStalled);
            askForHeld();
            ledger.purge();
        } finally {
            sweeping.unlock();
        }
    }

    private void endStalled(LedgerRecord record) {
        try {
            end(record.decided(ledger.decide(record.id(), false) == Decision.COMMITTED));
            log.info("Ended transaction {} without its coordinator", record.id());
        } catch (DynamoException unreachable) {
            log.debug("Transaction {} cannot be ended yet", record.id(), unreachable);
        }
    }

    /** Tells every participant what has been decided, and then the ledger. */
    private void end(LedgerRecord decided) {
        boolean commits = decided.state() == LedgerRecord.State.COMMITTING;
        for (var participant : decided.participants()) {
            groups.group(participant.groupId()).finish(decided.id(), decided.timestamp(), commits, participant.items());
        }
        ledger.completeForCoordinator(decided.id());
    }

    /**
     * Ends the transaction that has this one's token, if it is decided and its coordinator has not told everybody, or if it
     * stalls. Afterwards the ledger is to be asked again in any case: its coordinator may just have ended it.
     */
    void endOther(TransactionId id) {
        ledger.endable(id)
                .ifPresent(record -> end(record.decided(ledger.decide(record.id(), false) == Decision.COMMITTED)));
    }

    /** What transactions hold of one group's items. */
    private record Held(PreparedItem any, List<ItemPlace> items) {}

    private void askForHeld() {
        var held = new HashMap<TransactionId, Held>();
        for (var partition : partitions.get()) {
            partition
                    .held()
                    .forEach(item -> held.computeIfAbsent(
                                    item.holder().id(), _ -> new Held(item.holder(), new ArrayList<>()))
                            .items
                            .add(item.place()));
        }
        long now = machineTime.nanos();
        var still = new HashMap<TransactionId, Long>();
        held.forEach((id, items) -> {
            long since = seen.getOrDefault(id, now);
            still.put(id, since);
            if (now - since >= Ledger.STALLED_NANOS) {
                ask(id, items);
            }
        });
        seen = still;
    }

    private void ask(TransactionId id, Held held) {
        try {
            var decision = groups.group(held.any.home()).outcome(id);
            if (decision != Decision.OPEN) {
                groups.group(groupId).finish(id, held.any.timestamp(), decision == Decision.COMMITTED, held.items);
                log.info("Transaction {} left {} items here: {}", id, held.items.size(), decision);
            }
        } catch (DynamoException unreachable) {
            log.debug("Nobody can tell of transaction {} yet", id, unreachable);
        }
    }
}
