package dev.evenkeel.router.transaction;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.CancellationReason;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.partition.ItemVersion;
import dev.evenkeel.partition.TransactionGroup;
import dev.evenkeel.partition.TransactionGroups;
import dev.evenkeel.partition.TransactionWrite;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out transactions by the published protocol (Idziorek et al., "Distributed Transactions at Scale in Amazon DynamoDB",
 * USENIX ATC 2023): timestamp ordering in two phases over a ledger for writes, two rounds without a trace for reads, one
 * round for whatever lies in one group. Safe for any thread; the calling thread waits.
 */
public final class TransactionCoordinator {
    /** A transaction that is too old is tried again behind what it heard of; twice so only among quick writers. */
    private static final int ATTEMPTS_MAX = 3;

    /** Rounds of a read; the first takes two, and each further one a change in between. */
    private static final int READS_MAX = 4;

    private final TransactionGroups groups;
    private final Supplier<List<Integer>> homes;
    private final TransactionClock clock;
    private final RandomGenerator random;
    private final Background background;
    private final boolean inOneRound;

    /** Where what nobody waits for is done. */
    @FunctionalInterface
    public interface Background {
        void run(Runnable task);
    }

    /**
     * @param homes the groups among which the ledger is spread; the same on every router
     * @param ticker the routers' clock
     * @param random names transactions; no two routers may have the same numbers
     */
    public TransactionCoordinator(
            TransactionGroups groups, Supplier<List<Integer>> homes, Ticker ticker, RandomGenerator random) {
        this(
                groups,
                homes,
                ticker,
                random,
                task -> Thread.ofVirtual().name("transaction-end").start(task),
                true);
    }

    /** @param inOneRound whether a transaction of one group takes one round: a test may want to see the other way */
    public TransactionCoordinator(
            TransactionGroups groups,
            Supplier<List<Integer>> homes,
            Ticker ticker,
            RandomGenerator random,
            Background background,
            boolean inOneRound) {
        this.groups = groups;
        this.homes = homes;
        this.clock = new TransactionClock(ticker);
        this.random = random;
        this.background = background;
        this.inOneRound = inOneRound;
    }

    /**
     * Carries out all actions or none.
     *
     * @param token null when the request has none
     * @throws DynamoException TransactionCanceledException with a reason for each action, and whatever keeps a request from
     *     being carried out
     */
    public TransactionResult write(List<TransactionAction> actions, @Nullable RequestToken token) {
        var shares = Shares.of(actions, TransactionAction::groupId);
        var id = id(token);
        int home = token == null ? shares.groups().getFirst() : homeOf(id);
        var digest = token == null ? Bytes.EMPTY : token.digest();
        return inOneRound && shares.groups().equals(List.of(home))
                ? writeWhole(id, home, digest, actions)
                : writeInPhases(id, home, digest, shares);
    }

    private TransactionId id(@Nullable RequestToken token) {
        return token == null
                ? new TransactionId(random.nextLong(), random.nextLong(), random.nextLong())
                : TokenKey.of(token.token()).withAttempt(random.nextLong());
    }

    private int homeOf(TransactionId id) {
        var all = homes.get();
        return all.get(Math.floorMod(id.low(), all.size()));
    }

    private TransactionResult writeWhole(TransactionId id, int home, Bytes digest, List<TransactionAction> actions) {
        var whole = groups.group(home).writeAll(id, digest, writes(actions));
        if (whole.claim() != Claim.GRANTED) {
            return claimed(whole.claim());
        }
        return committed(whole.answers());
    }

    private TransactionResult writeInPhases(
            TransactionId first, int home, Bytes digest, Shares<TransactionAction> shares) {
        var id = first;
        for (int i = 1; ; i++) {
            var attempt = new WriteAttempt(groups, background, id, home, clock.next(), digest, shares);
            var claim = attempt.begin();
            if (claim != Claim.GRANTED) {
                return claimed(claim);
            }
            var answers = attempt.run();
            var newest = newestTooOld(answers);
            if (newest.isEmpty() || i == ATTEMPTS_MAX) {
                return committed(answers);
            }
            clock.heard(newest.get());
            id = id.withAttempt(random.nextLong());
        }
    }

    /** The timestamp to be behind, when being too old is all that is wrong. */
    private static Optional<Long> newestTooOld(List<ActionAnswer> answers) {
        long newest = 0;
        for (var answer : answers) {
            switch (answer) {
                case ActionAnswer.Refused _ -> {
                    return Optional.empty();
                }
                case ActionAnswer.TooOld(var timestamp) -> newest = Math.max(newest, timestamp);
                case ActionAnswer.Accepted _ -> {}
            }
        }
        return newest == 0 ? Optional.empty() : Optional.of(newest);
    }

    private static TransactionResult claimed(Claim claim) {
        return switch (claim) {
            case DONE_BEFORE -> new TransactionResult.DoneBefore();
            case IN_PROGRESS ->
                throw new DynamoException(
                        ErrorCode.TRANSACTION_IN_PROGRESS, "Transaction from previous request is still in progress");
            case MISMATCH ->
                throw new DynamoException(
                        ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH,
                        "The request uses the same client token as a previous, but non-identical request");
            case GRANTED -> throw new IllegalArgumentException("it may go on");
        };
    }

    private static TransactionResult committed(List<ActionAnswer> answers) {
        var charges = new ArrayList<ActionAnswer.Accepted>(answers.size());
        for (var answer : answers) {
            if (!(answer instanceof ActionAnswer.Accepted accepted)) {
                throw DynamoException.transactionCanceled(
                        answers.stream().map(TransactionCoordinator::reason).toList());
            }
            charges.add(accepted);
        }
        return new TransactionResult.Committed(charges);
    }

    private static CancellationReason reason(ActionAnswer answer) {
        return switch (answer) {
            case ActionAnswer.Accepted _ -> CancellationReason.NONE;
            case ActionAnswer.Refused(var failure) -> CancellationReason.of(failure);
            case ActionAnswer.TooOld _ -> CancellationReason.of(DynamoException.transactionConflict());
        };
    }

    // --- reading -----------------------------------------------------------------------------------------------------

    /**
     * The items as of one moment, in the order asked for; null for those that are not there.
     *
     * @throws DynamoException TransactionCanceledException, when others write them all the time
     */
    public List<@Nullable Item> read(List<TransactionGet> gets) {
        var shares = Shares.of(gets, TransactionGet::groupId);
        boolean isOneMoment = inOneRound && shares.groups().size() == 1;
        for (int i = 1; ; i++) {
            var items = versions(shares, (group, share) -> group.read(places(share)));
            var later = isOneMoment || anyBusy(items)
                    ? items
                    : versions(shares, (group, share) -> group.versions(places(share)));
            var changed = changed(items, later);
            if (!changed.contains(true)) {
                return items.stream().<@Nullable Item>map(ItemVersion::item).toList();
            }
            if (i == READS_MAX) {
                throw DynamoException.transactionCanceled(changed.stream()
                        .map(it -> it
                                ? CancellationReason.of(DynamoException.transactionConflict())
                                : CancellationReason.NONE)
                        .toList());
            }
        }
    }

    private static boolean anyBusy(List<ItemVersion> items) {
        return items.stream().anyMatch(ItemVersion::isBusy);
    }

    /** Which items are being written, or were written between the rounds. */
    private static List<Boolean> changed(List<ItemVersion> items, List<ItemVersion> later) {
        var changed = new ArrayList<Boolean>(items.size());
        for (int i = 0; i < items.size(); i++) {
            changed.add(!items.get(i).isUnchangedIn(later.get(i)));
        }
        return changed;
    }

    private interface Round {
        List<ItemVersion> of(TransactionGroup group, List<TransactionGet> share);
    }

    private List<ItemVersion> versions(Shares<TransactionGet> shares, Round round) {
        return shares.gather((groupId, share) -> round.of(groups.group(groupId), share));
    }

    private static List<ItemPlace> places(List<TransactionGet> gets) {
        return gets.stream().map(TransactionGet::place).toList();
    }

    static List<TransactionWrite> writes(List<TransactionAction> actions) {
        return actions.stream().map(TransactionAction::toWrite).toList();
    }
}
