package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.PreparedItem;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on the replica that leads their group. A step locks the partitions it is about, looks at all of them in one
 * term, and proposes one entry with all that it comes to; so a step is done whole or not at all, and followers and later
 * leaders know nothing but outcomes.
 */
final class GroupTransactions implements TransactionGroup {
    /** How often a read waits for writes in flight before it gives way: each wait is about a flush. */
    private static final int READS_MAX = 4;

    private final ReplicationGroup group;
    private final Ledger ledger;
    private final TransactionRecovery recovery;
    private final Ticker ticker;
    private final LongFunction<Optional<PartitionLeader>> partitions;

    /** @param partitions by id; empty for one that has been dropped */
    GroupTransactions(
            ReplicationGroup group,
            Ledger ledger,
            TransactionRecovery recovery,
            Ticker ticker,
            LongFunction<Optional<PartitionLeader>> partitions) {
        this.group = group;
        this.ledger = ledger;
        this.recovery = recovery;
        this.ticker = ticker;
        this.partitions = partitions;
    }

    /** Those of the partitions that are there. */
    private Map<Long, PartitionLeader> present(List<ItemPlace> items) {
        var present = new HashMap<Long, PartitionLeader>();
        for (var item : items) {
            partitions.apply(item.partitionId()).ifPresent(it -> present.put(item.partitionId(), it));
        }
        return present;
    }

    private LockedPartitions lock(List<ItemPlace> items) {
        var present = present(items);
        for (var item : items) {
            if (!present.containsKey(item.partitionId())) {
                throw DynamoException.resourceNotFound();
            }
        }
        return LockedPartitions.lock(present);
    }

    private static List<ItemPlace> places(List<TransactionWrite> writes) {
        return writes.stream().map(TransactionWrite::place).toList();
    }

    private static List<ActionAnswer> answers(List<Evaluated> evaluated) {
        return evaluated.stream().map(Evaluated::answer).toList();
    }

    private static boolean allAccepted(List<Evaluated> evaluated) {
        return evaluated.stream().allMatch(each -> each.answer().isAccepted());
    }

    /** An answer that proposes nothing counts when what it rests on is durable, and nobody else has led in between. */
    private void confirm(List<Evaluated> evaluated, long term) {
        for (var each : evaluated) {
            var pending = each.pending();
            if (pending != null) {
                pending.await();
            }
        }
        confirmTerm(term);
    }

    private void confirmTerm(long term) {
        group.readBarrier();
        if (group.term() != term) {
            throw new NotLeaderException("group " + group.id() + " is no longer in term " + term, null);
        }
    }

    // --- one round ---------------------------------------------------------------------------------------------------

    @Override
    public Whole writeAll(TransactionId id, Bytes digest, List<TransactionWrite> writes) {
        if (digest.length() == 0) {
            return Leading.in(
                    group, () -> wholeTurn(id, digest, writes, Optional.empty()).get());
        }
        var whole = Leading.in(group, () -> claimedTurn(id, digest, writes).get());
        if (whole.claim() != Claim.IN_PROGRESS) {
            return whole;
        }
        recovery.endOther(id);
        return Leading.in(group, () -> claimedTurn(id, digest, writes).get());
    }

    private Supplier<Whole> claimedTurn(TransactionId id, Bytes digest, List<TransactionWrite> writes) {
        ledger.lock();
        try {
            long term = ledger.serveInTerm();
            var claim = ledger.claim(id, digest);
            return claim == Claim.GRANTED
                    ? wholeTurn(id, digest, writes, Optional.of(term))
                    : ledger.known(id, new Whole(claim, List.of()));
        } finally {
            ledger.unlock();
        }
    }

    /** @param claimed the term in which the ledger has granted the claim; empty when there is no token */
    private Supplier<Whole> wholeTurn(
            TransactionId id, Bytes digest, List<TransactionWrite> writes, Optional<Long> claimed) {
        try (var locked = lock(places(writes))) {
            if (claimed.isPresent() && claimed.get() != locked.term()) {
                throw new NotLeaderException("term " + claimed.get() + " has ended", null);
            }
            var evaluated = Evaluated.all(locked, writes, WITHIN_THE_GROUP);
            var answer = new Whole(Claim.GRANTED, answers(evaluated));
            if (!allAccepted(evaluated)) {
                long term = locked.term();
                return () -> {
                    confirm(evaluated, term);
                    return answer;
                };
            }
            return proposeWhole(id, digest, evaluated, locked.term(), answer);
        }
    }

    /** A transaction of one group takes its timestamp when it has its items, so it is never too late. */
    private static final Evaluated.Rules WITHIN_THE_GROUP = new Evaluated.Rules() {
        @Override
        public boolean isOwn(PreparedItem holder) {
            return false;
        }

        @Override
        public boolean isInTime(PartitionLeader partition, byte[] position) {
            return true;
        }
    };

    private Supplier<Whole> proposeWhole(
            TransactionId id, Bytes digest, List<Evaluated> evaluated, long term, Whole answer) {
        long timestamp = timestamp(evaluated);
        var writes = new ArrayList<PartitionEntry.Write>();
        var effects = new ArrayList<InFlight.Effect>();
        for (var each : evaluated) {
            var effect = each.effect();
            if (effect != null && !effect.isNothing()) {
                writes.add(effect.entry(each.partition().id(), 0, ticker.epochMillis()));
                effects.add(new InFlight.Effect(each.partition(), effect));
            }
        }
        var record = LedgerRecord.completed(id, timestamp, digest, ticker.epochMillis());
        if (record.hasToken()) {
            writes.add(PartitionEntry.Write.ofGroup(List.of(Ledger.change(id, record))));
        }
        if (writes.isEmpty()) {
            return () -> {
                confirm(evaluated, term);
                return answer;
            };
        }
        var proposal = group.propose(new PartitionEntry.Batch(timestamp, writes).encode(), term);
        evaluated.forEach(each -> each.partition().bounds().raise(each.position(), timestamp));
        var inFlight = InFlight.of(group, proposal, effects);
        Runnable recorded = record.hasToken() ? ledger.proposed(id, record, proposal) : () -> {};
        return () -> {
            try {
                inFlight.settle(proposal);
            } finally {
                recorded.run();
            }
            return answer;
        };
    }

    /** The clock's, but after all that has happened to the items. */
    private long timestamp(List<Evaluated> evaluated) {
        long timestamp = Timestamps.now(ticker);
        for (var each : evaluated) {
            timestamp = Math.max(timestamp, each.partition().bounds().of(each.position()) + 1);
        }
        return timestamp;
    }

    // --- two phases --------------------------------------------------------------------------------------------------

    @Override
    public List<ActionAnswer> prepare(Transaction transaction, List<TransactionWrite> writes) {
        return Leading.in(group, () -> prepareTurn(transaction, writes).get());
    }

    private Supplier<List<ActionAnswer>> prepareTurn(Transaction transaction, List<TransactionWrite> writes) {
        try (var locked = lock(places(writes))) {
            var evaluated = Evaluated.all(locked, writes, rulesOf(transaction));
            var answers = answers(evaluated);
            long term = locked.term();
            if (!allAccepted(evaluated)) {
                return () -> {
                    confirm(evaluated, term);
                    return answers;
                };
            }
            var prepared =
                    evaluated.stream().map(each -> prepared(transaction, each)).toList();
            var proposal = group.propose(new PartitionEntry.Batch(0, prepared).encode(), term);
            return () -> {
                proposal.await();
                return answers;
            };
        }
    }

    private static Evaluated.Rules rulesOf(Transaction transaction) {
        return new Evaluated.Rules() {
            @Override
            public boolean isOwn(PreparedItem holder) {
                return holder.id().equals(transaction.id());
            }

            @Override
            public boolean isInTime(PartitionLeader partition, byte[] position) {
                return partition.bounds().accepts(position, transaction.timestamp());
            }
        };
    }

    /** Who is asked a second time proposes it again: what he holds may not be durable yet. */
    private static PartitionEntry.Write prepared(Transaction transaction, Evaluated each) {
        var item = each.held() == null ? toHold(transaction, each.effect()) : each.held();
        var partition = each.partition();
        int tableId = partition.schema().id();
        var mutation = partition.preparedItems().put(tableId, each.position(), item);
        return new PartitionEntry.Write(0, tableId, partition.id(), List.of(), List.of(mutation), List.of());
    }

    private static PreparedItem toHold(Transaction transaction, @Nullable WriteEffect effect) {
        return new PreparedItem(
                transaction.id(),
                transaction.home(),
                transaction.timestamp(),
                effect != null,
                effect == null ? null : effect.after());
    }

    @Override
    public void finish(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items) {
        Leading.in(group, () -> finishTurn(id, timestamp, commits, items).get());
    }

    /** Partitions that have been dropped took what was prepared in them along. */
    private Supplier<Boolean> finishTurn(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items) {
        var present = present(items);
        if (present.isEmpty()) {
            return () -> true;
        }
        try (var locked = LockedPartitions.lock(present)) {
            var finishing = new Finishing(id, timestamp, commits, ticker.epochMillis());
            for (var item : items) {
                var partition = present.get(item.partitionId());
                if (partition != null) {
                    finishing.add(partition, item.position());
                }
            }
            long term = locked.term();
            if (finishing.writes.isEmpty()) {
                return () -> {
                    finishing.awaited.forEach(Pending.Outcome::await);
                    confirmTerm(term);
                    return true;
                };
            }
            var proposal = group.propose(new PartitionEntry.Batch(timestamp, finishing.writes).encode(), term);
            var inFlight = InFlight.of(group, proposal, finishing.effects);
            return () -> {
                inFlight.settle(proposal);
                finishing.awaited.forEach(Pending.Outcome::await);
                return true;
            };
        }
    }

    /** What ending a transaction does to its items here. */
    private static final class Finishing {
        final TransactionId id;
        final long timestamp;
        final boolean commits;

        /** When it ends, since the epoch. */
        final long millis;

        final CollectionSizes sizes = new CollectionSizes();
        final List<PartitionEntry.Write> writes = new ArrayList<>();
        final List<InFlight.Effect> effects = new ArrayList<>();
        /** Items that are free, perhaps because of a commit that is not durable yet. */
        final List<Pending.Outcome<Item>> awaited = new ArrayList<>();

        Finishing(TransactionId id, long timestamp, boolean commits, long millis) {
            this.id = id;
            this.timestamp = timestamp;
            this.commits = commits;
            this.millis = millis;
        }

        void add(PartitionLeader partition, byte[] position) {
            partition.bounds().raise(position, timestamp); // a prepare that comes late is too old from now on
            var held = partition.preparedItems().get(position);
            if (held == null || !held.id().equals(id)) {
                var pending = partition.pending(position);
                if (pending != null) {
                    awaited.add(pending);
                }
                return;
            }
            var before = partition.latest(position);
            int tableId = partition.schema().id();
            var removal = partition.preparedItems().remove(tableId, position);
            if (!commits || !held.writes() || (before == null && held.after() == null)) {
                writes.add(
                        new PartitionEntry.Write(0, tableId, partition.id(), List.of(), List.of(removal), List.of()));
                return;
            }
            // by the schema as it is now: an index may have come since the transaction was prepared
            var effect = WriteEffect.of(
                    partition.schema(),
                    position,
                    before,
                    new WriteEvaluation(held.after(), null),
                    collection -> sizes.bytes(partition, collection));
            sizes.add(partition, effect);
            writes.add(effect.entry(partition.id(), 0, millis, List.of(removal)));
            effects.add(new InFlight.Effect(partition, effect));
        }
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    @Override
    public List<ItemVersion> read(List<ItemPlace> items) {
        return Leading.in(group, () -> {
            for (int i = 1; ; i++) {
                var view = view(items, true);
                if (view.awaited.isEmpty() || i == READS_MAX) {
                    confirmTerm(view.term);
                    return view.versions;
                }
                view.awaited.forEach(Pending.Outcome::await);
            }
        });
    }

    @Override
    public List<ItemVersion> versions(List<ItemPlace> items) {
        return Leading.in(group, () -> {
            var view = view(items, false);
            confirmTerm(view.term);
            return view.versions;
        });
    }

    /** The items at one moment, and the writes that are in flight then. */
    private record View(long term, List<ItemVersion> versions, List<Pending.Outcome<Item>> awaited) {}

    private View view(List<ItemPlace> items, boolean withItems) {
        try (var locked = lock(items)) {
            var versions = new ArrayList<ItemVersion>(items.size());
            var awaited = new ArrayList<Pending.Outcome<Item>>();
            for (var item : items) {
                var partition = locked.get(item.partitionId());
                var position = item.position();
                var pending = partition.pending(position);
                if (pending != null) {
                    awaited.add(pending);
                }
                boolean isBusy = pending != null || partition.preparedItems().get(position) != null;
                versions.add(
                        isBusy
                                ? ItemVersion.IS_BUSY
                                : new ItemVersion(
                                        withItems ? partition.latest(position) : null,
                                        locked.term(),
                                        partition.bounds().of(position)));
            }
            return new View(locked.term(), versions, awaited);
        }
    }

    // --- the ledger --------------------------------------------------------------------------------------------------

    @Override
    public Claim begin(LedgerRecord preparing) {
        var claim = ledger.begin(preparing);
        if (claim != Claim.IN_PROGRESS) {
            return claim;
        }
        recovery.endOther(preparing.id());
        return ledger.begin(preparing);
    }

    @Override
    public Decision decide(TransactionId id, boolean commits) {
        return ledger.decide(id, commits);
    }

    @Override
    public void complete(TransactionId id) {
        ledger.complete(id);
    }

    @Override
    public Decision outcome(TransactionId id) {
        return ledger.outcome(id);
    }
}
