package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.StoreKey;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.Proposal;
import dev.evenkeel.replication.ReplicationGroup;
import dev.evenkeel.storage.Direction;
import dev.evenkeel.storage.OrderedStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transactions whose home is this group: those under way, and those whose client token is remembered. A table that no
 * client sees, in the group's own store and log, so it is replicated as everything else and whoever leads can go on with it.
 *
 * <p>Evaluated as a partition is: one thread at a time owns it, from looking at a record until its next state has its place
 * in the log.
 */
final class Ledger {
    /** Developer Guide, "Amazon DynamoDB Transactions: Idempotency". */
    static final long TOKEN_MILLIS = TimeUnit.MINUTES.toMillis(10);

    /** How long nobody needs to hear of a transaction before it is ended without its coordinator: some round trips. */
    static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int PURGED_AT_ONCE = 256;

    private final ReplicationGroup group;
    private final OrderedStore store;
    private final Ticker ticker;
    private final Ticker machineTime;
    private final BooleanSupplier leads;

    private final ReentrantLock owner = new ReentrantLock();
    private final Pending<LedgerRecord> pending = new Pending<>();
    /** Records that are not completed, and when this leader first or last did something about them. */
    private final Map<Bytes, Open> open = new HashMap<>();
    /** Tokens in the order in which they are forgotten. */
    private final Deque<Expiry> expiries = new ArrayDeque<>();

    private long term;

    private record Open(TransactionId id, long sinceNanos) {}

    private record Expiry(TransactionId id, long finishedMillis) {}

    /** @param ticker when tokens are forgotten; whether somebody stalls is a matter of {@code machineTime} */
    Ledger(ReplicationGroup group, OrderedStore store, Ticker ticker, Ticker machineTime, BooleanSupplier leads) {
        this.group = group;
        this.store = store;
        this.ticker = ticker;
        this.machineTime = machineTime;
        this.leads = leads;
    }

    // --- for the owner -----------------------------------------------------------------------------------------------

    void lock() {
        owner.lock();
    }

    void unlock() {
        owner.unlock();
    }

    /** To be called before records are looked at; the term in which what is seen holds. */
    long serveInTerm() {
        long now = group.term();
        if (!leads.getAsBoolean()) {
            throw new NotLeaderException("group " + group.id() + " is not led from here", null);
        }
        if (now != term) {
            group.readBarrier();
            pending.clear();
            load();
            term = now;
        }
        return term;
    }

    private void load() {
        open.clear();
        expiries.clear();
        var finished = new ArrayList<Expiry>();
        long nowNanos = machineTime.nanos();
        var end = StoreKey.of(0, StoreKey.LEDGER + 1, new byte[0]);
        try (var cursor = store.cursor(StoreKey.of(0, StoreKey.LEDGER, new byte[0]), end, Direction.FORWARD)) {
            while (cursor.next()) {
                var record = LedgerRecord.decode(cursor.value());
                if (record.isOpen()) {
                    open.put(Bytes.wrap(record.id().key()), new Open(record.id(), nowNanos));
                } else {
                    finished.add(new Expiry(record.id(), record.finishedMillis()));
                }
            }
        }
        finished.sort(Comparator.comparingLong(Expiry::finishedMillis));
        expiries.addAll(finished);
    }

    /** The record with that id's key, which may be another attempt's; null when there is none. */
    @Nullable
    LedgerRecord latest(TransactionId id) {
        var key = id.key();
        var inFlight = pending.get(key);
        if (inFlight != null) {
            return inFlight.value();
        }
        var stored = store.get(StoreKey.of(0, StoreKey.LEDGER, key));
        return stored == null ? null : LedgerRecord.decode(stored);
    }

    /** What is said to a request with a token, before it does anything. */
    Claim claim(TransactionId id, Bytes digest) {
        var known = latest(id);
        if (known == null || known.state() == LedgerRecord.State.CANCELLED || isForgotten(known)) {
            return Claim.GRANTED;
        }
        if (known.id().equals(id) && known.state() == LedgerRecord.State.PREPARING) {
            return Claim.GRANTED; // asked a second time
        }
        if (!known.digest().equals(digest)) {
            return Claim.MISMATCH;
        }
        return known.state() == LedgerRecord.State.COMPLETED ? Claim.DONE_BEFORE : Claim.IN_PROGRESS;
    }

    private boolean isForgotten(LedgerRecord known) {
        return !known.isOpen() && ticker.epochMillis() - known.finishedMillis() >= TOKEN_MILLIS;
    }

    /** The change that makes a record what is given; null removes it. */
    static Mutation change(TransactionId id, @Nullable LedgerRecord next) {
        return new Mutation(StoreKey.of(0, StoreKey.LEDGER, id.key()), next == null ? null : next.encode());
    }

    /** A record has been proposed; what is left to do outside the lock waits for it. */
    Runnable proposed(TransactionId id, @Nullable LedgerRecord next, Proposal proposal) {
        note(id, next);
        var key = id.key();
        if (group.appliedLsn() >= proposal.lsn()) {
            pending.forget(key);
            return proposal::await;
        }
        var outcome = new Pending.Outcome<>(next);
        pending.put(key, outcome);
        return () -> {
            try {
                outcome.settle(proposal);
            } finally {
                pending.remove(key, outcome);
            }
        };
    }

    private void note(TransactionId id, @Nullable LedgerRecord next) {
        var key = Bytes.wrap(id.key());
        if (next != null && next.isOpen()) {
            open.put(key, new Open(id, machineTime.nanos()));
            return;
        }
        open.remove(key);
        if (next != null) {
            expiries.add(new Expiry(id, next.finishedMillis()));
        }
    }

    // --- whole steps -------------------------------------------------------------------------------------------------

    Claim begin(LedgerRecord preparing) {
        return inTurn(() -> {
            var claim = claim(preparing.id(), preparing.digest());
            return claim == Claim.GRANTED && !isThere(preparing.id())
                    ? put(preparing.id(), preparing, claim)
                    : known(preparing.id(), claim);
        });
    }

    private boolean isThere(TransactionId id) {
        var known = latest(id);
        return known != null && known.id().equals(id);
    }

    Decision decide(TransactionId id, boolean commits) {
        return inTurn(() -> {
            var known = latest(id);
            if (known == null || !known.id().equals(id)) {
                return known(id, Decision.CANCELLED); // ended, or never begun: nobody can commit it any more
            }
            return known.state() == LedgerRecord.State.PREPARING
                    ? put(id, known.decided(commits), commits ? Decision.COMMITTED : Decision.CANCELLED)
                    : known(id, decision(known));
        });
    }

    /** The coordinator has told every participant. */
    void complete(TransactionId id) {
        complete(id, false);
    }

    /**
     * Somebody has told every participant in the coordinator's place. It may still ask what it had decided, having lost the
     * answer, or begin again what it began; so the end is remembered as long as a token.
     */
    void completeForCoordinator(TransactionId id) {
        complete(id, true);
    }

    private void complete(TransactionId id, boolean mayAsk) {
        inTurn(() -> {
            var known = latest(id);
            if (known == null || !known.id().equals(id) || decision(known) == Decision.OPEN || !known.isOpen()) {
                return known(id, id);
            }
            boolean isRemembered = mayAsk || (known.state() == LedgerRecord.State.COMMITTING && known.hasToken());
            return put(id, isRemembered ? known.ended(ticker.epochMillis()) : null, id);
        });
    }

    /** What became of it; when it stalls, it is cancelled. */
    Decision outcome(TransactionId id) {
        return inTurn(() -> {
            var known = latest(id);
            if (known == null || !known.id().equals(id)) {
                return known(id, Decision.CANCELLED);
            }
            return decision(known) == Decision.OPEN && isStalled(id)
                    ? put(id, known.decided(false), Decision.CANCELLED)
                    : known(id, decision(known));
        });
    }

    private boolean isStalled(TransactionId id) {
        var since = open.get(Bytes.wrap(id.key()));
        return since == null || machineTime.nanos() - since.sinceNanos >= STALLED_NANOS;
    }

    private static Decision decision(LedgerRecord record) {
        return switch (record.state()) {
            case PREPARING -> Decision.OPEN;
            case COMMITTING, COMPLETED -> Decision.COMMITTED;
            case CANCELLING, CANCELLED -> Decision.CANCELLED;
        };
    }

    /** The transaction with that key, perhaps another attempt, if it is decided and not completed, or stalls. */
    Optional<LedgerRecord> endable(TransactionId id) {
        return inTurn(() -> {
            var record = latest(id);
            boolean isEndable = record != null
                    && record.isOpen()
                    && (record.state() != LedgerRecord.State.PREPARING || isStalled(record.id()));
            return known(id, isEndable ? Optional.ofNullable(record) : Optional.<LedgerRecord>empty());
        });
    }

    /** The transactions that nobody has gone on with for a while, as they are. */
    List<LedgerRecord> stalled() {
        return inTurn(() -> {
            var stalled = new ArrayList<LedgerRecord>();
            long now = machineTime.nanos();
            for (var each : List.copyOf(open.values())) {
                if (now - each.sinceNanos >= STALLED_NANOS) {
                    var record = latest(each.id);
                    if (record != null && record.isOpen()) {
                        stalled.add(record);
                    }
                }
            }
            return () -> stalled;
        });
    }

    /** Forgets tokens whose time is over. */
    void purge() {
        while (inTurn(this::purgeSome)) {
            // there may be more
        }
    }

    private Supplier<Boolean> purgeSome() {
        var mutations = new ArrayList<Mutation>();
        long now = ticker.epochMillis();
        while (mutations.size() < PURGED_AT_ONCE
                && !expiries.isEmpty()
                && now - expiries.getFirst().finishedMillis >= TOKEN_MILLIS) {
            var expiry = expiries.removeFirst();
            var known = latest(expiry.id);
            if (known != null && known.id().equals(expiry.id) && !known.isOpen()) {
                mutations.add(change(expiry.id, null));
            }
        }
        if (mutations.isEmpty()) {
            return () -> false;
        }
        var proposal = group.propose(PartitionEntry.Write.ofGroup(mutations).encode(), term);
        return () -> {
            proposal.await();
            return mutations.size() == PURGED_AT_ONCE;
        };
    }

    /** Does something as the owner, and the rest of it outside the lock. */
    private <T> T inTurn(Supplier<Supplier<T>> turn) {
        return Leading.in(group, () -> turn(turn).get());
    }

    private <T> Supplier<T> turn(Supplier<Supplier<T>> turn) {
        owner.lock();
        try {
            serveInTerm();
            return turn.get();
        } finally {
            owner.unlock();
        }
    }

    private <T> Supplier<T> put(TransactionId id, @Nullable LedgerRecord next, T answer) {
        var proposal = group.propose(
                PartitionEntry.Write.ofGroup(List.of(change(id, next))).encode(), term);
        var rest = proposed(id, next, proposal);
        return () -> {
            rest.run();
            return answer;
        };
    }

    /** An answer that rests on a record as it is, which must be durable before anybody hears of it. */
    <T> Supplier<T> known(TransactionId id, T answer) {
        var inFlight = pending.get(id.key());
        long inTerm = term;
        return () -> {
            if (inFlight != null) {
                inFlight.await();
            }
            group.readBarrier();
            if (group.term() != inTerm) {
                throw new NotLeaderException("group " + group.id() + " is no longer in term " + inTerm, null);
            }
            return answer;
        };
    }
}
