package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.model.Ticker;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Participant;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import dev.evenkeel.replication.MemoryLog;
import dev.evenkeel.replication.SoloGroup;
import dev.evenkeel.storage.MemoryStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a leader does with the steps of transactions, one after the other, by clocks that the test sets. */
class ParticipantTest {
    private static final int GROUP = 1;
    private static final long LOW = 10;
    private static final long HIGH = 11;

    private final Clock clock = new Clock();
    private final MemoryStore store = new MemoryStore();
    private final PartitionStateMachine machine = new PartitionStateMachine(store);
    private final SoloGroup group = SoloGroup.open(GROUP, new MemoryLog(), machine);
    private PartitionHost host = opened();

    private static final class Clock implements Ticker {
        long nanos;
        long millis = 1_000;

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochMillis() {
            return millis;
        }
    }

    private PartitionHost opened() {
        var opened = new PartitionHost(
                group, store, machine, (_, _) -> Optional.of(20L), PropagationSettings.DEFAULT, clock, clock, null);
        opened.open(LOW, Cluster.WITH_GLOBAL, new byte[0], new byte[] {(byte) 0x80});
        opened.open(HIGH, Cluster.WITH_GLOBAL, new byte[] {(byte) 0x80}, null);
        opened.open(20, Cluster.INDEX_TABLE, new byte[0], null);
        opened.lead();
        return opened;
    }

    /** What the host knew besides its store is gone, as with a new leader. */
    private void reopen() {
        host.close();
        host = opened();
    }

    @AfterEach
    void close() {
        host.close();
        group.close();
        store.close();
    }

    private TransactionGroup transactions() {
        return host.transactions();
    }

    private static Item key(int number) {
        return Cluster.key("id" + number, number);
    }

    private static byte[] position(int number) {
        return Keys.position(key(number), Cluster.KEY);
    }

    private static long partitionOf(int number) {
        return position(number)[0] < 0 ? HIGH : LOW;
    }

    private static Item item(int number, String note) {
        var attributes = new LinkedHashMap<>(key(number).toMap());
        attributes.put("note", AttributeValue.of(note));
        attributes.put("colour", AttributeValue.of("red"));
        return Item.of(attributes);
    }

    private static TransactionWrite put(int number, String note) {
        return new TransactionWrite(
                partitionOf(number), new ItemWrite.Put(position(number), item(number, note), null, false));
    }

    private static TransactionWrite putNew(int number, String note) {
        return new TransactionWrite(
                partitionOf(number),
                new ItemWrite.Put(
                        position(number),
                        item(number, note),
                        Cluster.condition("attribute_not_exists(id)", null),
                        true));
    }

    private static TransactionWrite delete(int number) {
        return new TransactionWrite(partitionOf(number), new ItemWrite.Delete(position(number), null, false));
    }

    private static TransactionWrite check(int number, String condition) {
        return new TransactionWrite(
                partitionOf(number), new ItemWrite.Check(position(number), Cluster.condition(condition, null), false));
    }

    private static ItemPlace place(int number) {
        return new ItemPlace(partitionOf(number), position(number));
    }

    private static TransactionId id(int number) {
        return new TransactionId(number, number, number);
    }

    private List<ActionAnswer> prepare(int transaction, long timestamp, TransactionWrite... writes) {
        return transactions().prepare(new Transaction(id(transaction), GROUP, timestamp), List.of(writes));
    }

    private void finish(int transaction, long timestamp, boolean commits, int... items) {
        var places = new ArrayList<ItemPlace>();
        for (int item : items) {
            places.add(place(item));
        }
        transactions().finish(id(transaction), timestamp, commits, places);
    }

    private @Nullable Item stored(int number) {
        return host.replica(partitionOf(number)).orElseThrow().get(position(number), true);
    }

    private void write(TransactionWrite write) {
        host.replica(write.partitionId()).orElseThrow().write(write.write());
    }

    private void assertConflict(TransactionWrite write) {
        assertThatThrownBy(() -> write(write))
                .isInstanceOf(DynamoException.class)
                .hasMessage("Transaction is ongoing for the item")
                .extracting(failure -> ((DynamoException) failure).code())
                .isEqualTo(ErrorCode.TRANSACTION_CONFLICT);
    }

    private static void assertRefused(ActionAnswer answer, ErrorCode code) {
        assertThat(answer).isInstanceOf(ActionAnswer.Refused.class);
        assertThat(((ActionAnswer.Refused) answer).failure().code()).isEqualTo(code);
    }

    @Test
    void whatIsPreparedShowsWhenItIsCommittedAndNobodyWritesItBefore() {
        write(put(1, "old"));
        assertThat(prepare(7, 2_000_000, put(1, "new"), put(2, "new"), check(3, "attribute_not_exists(id)")))
                .allMatch(ActionAnswer::isAccepted);

        assertThat(stored(1)).isEqualTo(item(1, "old"));
        assertThat(stored(2)).isNull();
        for (int number = 1; number <= 3; number++) {
            assertConflict(put(number, "other"));
        }
        write(put(4, "free"));

        finish(7, 2_000_000, true, 1, 2, 3);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
        assertThat(stored(2)).isEqualTo(item(2, "new"));
        assertThat(stored(3)).isNull();
        for (int number = 1; number <= 3; number++) {
            write(put(number, "other"));
        }
    }

    @Test
    void whatIsCancelledNeverShows() {
        write(put(1, "old"));
        prepare(7, 2_000_000, put(1, "new"), put(2, "new"));
        finish(7, 2_000_000, false, 1, 2);
        assertThat(stored(1)).isEqualTo(item(1, "old"));
        assertThat(stored(2)).isNull();
        write(put(2, "other"));
    }

    @Test
    void aNewLeaderHoldsWhatWasPrepared() {
        prepare(7, 2_000_000, put(1, "new"), check(2, "attribute_not_exists(id)"));
        reopen();
        assertConflict(put(1, "other"));
        assertConflict(put(2, "other"));
        finish(7, 2_000_000, true, 1, 2);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
        host.awaitIndexes();
        assertThat(host.replica(20).orElseThrow().statistics(0).items()).isEqualTo(1);
    }

    @Test
    void oneRefusalPreparesNothingAndEachIsTold() {
        write(put(1, "there"));
        prepare(6, 2_000_000, put(2, "held"));
        var answers = prepare(7, 2_000_001, putNew(1, "new"), put(2, "new"), put(3, "new"));
        assertRefused(answers.get(0), ErrorCode.CONDITIONAL_CHECK_FAILED);
        assertThat(((ActionAnswer.Refused) answers.get(0)).failure().item()).contains(item(1, "there"));
        assertRefused(answers.get(1), ErrorCode.TRANSACTION_CONFLICT);
        assertThat(answers.get(2).isAccepted()).isTrue();
        write(put(1, "free"));
        write(put(3, "free"));
    }

    @Test
    void aTransactionMustBeYoungerThanTheItem() {
        clock.millis = 5_000;
        write(put(1, "plain"));
        assertThat(prepare(7, 5_000_000, put(1, "new"))).containsExactly(new ActionAnswer.TooOld(5_000_000));
        assertThat(prepare(7, 5_000_001, put(1, "new"))).allMatch(ActionAnswer::isAccepted);
        finish(7, 5_000_001, true, 1);
        assertThat(prepare(8, 5_000_001, check(1, "attribute_exists(id)")))
                .containsExactly(new ActionAnswer.TooOld(5_000_001));
        assertThat(prepare(8, 5_000_002, check(1, "attribute_exists(id)"))).allMatch(ActionAnswer::isAccepted);
        finish(8, 5_000_002, true, 1);
        assertThat(prepare(9, 5_000_002, put(1, "new")))
                .as("what was only checked has its timestamp too")
                .containsExactly(new ActionAnswer.TooOld(5_000_002));
    }

    @Test
    void alsoThanTheDeletionOfAnItemThatIsNoMore() {
        write(put(1, "plain"));
        write(put(2, "plain"));
        write(put(3, "plain"));
        clock.millis = 5_000;
        write(delete(1));
        assertThat(prepare(7, 4_000_000, put(1, "new"))).containsExactly(new ActionAnswer.TooOld(5_000_000));
        assertThat(prepare(7, 4_000_000, put(2, "another item"))).allMatch(ActionAnswer::isAccepted);
        finish(7, 4_000_000, false, 2);

        reopen(); // who knows nothing of single items takes the newest of all
        assertThat(prepare(8, 4_999_999, put(3, "new"))).containsExactly(new ActionAnswer.TooOld(5_000_000));
        assertThat(prepare(8, 5_000_001, put(3, "new"))).allMatch(ActionAnswer::isAccepted);
    }

    @Test
    void aClockThatGoesBackGivesNoItemAnOlderTimestamp() {
        clock.millis = 9_000;
        write(put(1, "plain"));
        clock.millis = 1_000;
        write(put(1, "plain again"));
        assertThat(prepare(7, 9_000_000, put(1, "new"))).containsExactly(new ActionAnswer.TooOld(9_000_001));
    }

    @Test
    void everyStepMayComeAgain() {
        write(put(1, "old"));
        prepare(7, 2_000_000, put(1, "new"));
        assertThat(prepare(7, 2_000_000, put(1, "new"))).allMatch(ActionAnswer::isAccepted);
        finish(7, 2_000_000, true, 1);
        write(put(1, "newer"));
        finish(7, 2_000_000, true, 1);
        assertThat(stored(1)).isEqualTo(item(1, "newer"));
        assertThat(prepare(7, 2_000_000, put(1, "new")))
                .as("a prepare that comes behind its commit")
                .noneMatch(ActionAnswer::isAccepted);
        reopen();
        assertThat(prepare(7, 2_000_000, put(1, "new"))).noneMatch(ActionAnswer::isAccepted);
    }

    @Test
    void aPrepareBehindItsCancellationIsTooOld() {
        finish(7, 2_000_000, false, 1);
        assertThat(prepare(7, 2_000_000, put(1, "new"))).containsExactly(new ActionAnswer.TooOld(2_000_000));
    }

    @Test
    void anIndexThatCameBetweenGetsItsEntry() {
        host.replaceSchema(List.of(LOW, HIGH), Cluster.WITHOUT_GLOBAL);
        prepare(7, 2_000_000, put(1, "new"));
        host.replaceSchema(List.of(LOW, HIGH), Cluster.WITH_GLOBAL);
        finish(7, 2_000_000, true, 1);
        host.awaitIndexes();
        assertThat(host.replica(20).orElseThrow().statistics(0).items()).isEqualTo(1);
    }

    @Test
    void aDroppedPartitionTakesWhatWasPreparedAlong() {
        prepare(7, 2_000_000, put(1, "new"), put(2, "new"));
        host.drop(LOW);
        host.drop(HIGH);
        finish(7, 2_000_000, true, 1, 2);
        assertThatThrownBy(() -> prepare(8, 3_000_000, put(1, "new")))
                .isInstanceOf(DynamoException.class)
                .hasMessage("Requested resource not found");
    }

    @Test
    void aWholeTransactionIsOneEntryAndTakesItsTimestampBehindEverything() {
        host.replaceSchema(List.of(LOW, HIGH), Cluster.WITHOUT_GLOBAL); // its propagator writes entries as well
        clock.millis = 5_000;
        write(put(1, "old"));
        clock.millis = 4_000;
        long before = group.appliedLsn();
        var whole = transactions()
                .writeAll(
                        id(7),
                        Bytes.EMPTY,
                        List.of(put(1, "new"), put(2, "new"), check(3, "attribute_not_exists(id)")));
        assertThat(whole.claim()).isEqualTo(Claim.GRANTED);
        assertThat(whole.answers()).allMatch(ActionAnswer::isAccepted);
        assertThat(group.appliedLsn()).isEqualTo(before + 1);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
        assertThat(prepare(8, 5_000_001, put(2, "newer"))).containsExactly(new ActionAnswer.TooOld(5_000_001));

        prepare(9, 6_000_000, put(4, "held"));
        var refused = transactions().writeAll(id(10), Bytes.EMPTY, List.of(put(1, "newest"), put(4, "newest")));
        assertThat(refused.answers().get(0).isAccepted()).isTrue();
        assertRefused(refused.answers().get(1), ErrorCode.TRANSACTION_CONFLICT);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
    }

    @Test
    void aReaderSeesThatAnItemIsHeldOrHasChanged() {
        write(put(1, "old"));
        var items = List.of(place(1), place(2));
        var first = transactions().read(items);
        assertThat(first).extracting(ItemVersion::item).containsExactly(item(1, "old"), null);
        assertThat(transactions().versions(items))
                .extracting(ItemVersion::version)
                .isEqualTo(first.stream().map(ItemVersion::version).toList());
        prepare(7, 2_000_000, check(2, "attribute_not_exists(id)"));
        assertThat(transactions().read(items).get(0).isBusy()).isFalse();
        assertThat(transactions().read(items).get(1).isBusy()).isTrue();
        finish(7, 2_000_000, true, 2);
        write(put(1, "other"));
        write(put(1, "old"));
        var later = transactions().versions(items);
        assertThat(later.get(0).version()).isGreaterThan(first.get(0).version());
        assertThat(later.get(1).version()).isGreaterThan(first.get(1).version());
    }

    // --- the ledger --------------------------------------------------------------------------------------------------

    private LedgerRecord record(int transaction, String digest, int... items) {
        var places = new ArrayList<ItemPlace>();
        for (int item : items) {
            places.add(place(item));
        }
        return LedgerRecord.preparing(
                id(transaction), 2_000_000, Bytes.utf8(digest), List.of(new Participant(GROUP, places)));
    }

    @Test
    void aDecisionIsMadeOnceAndNobodyCommitsWhatTheLedgerDoesNotKnow() {
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.CANCELLED);
        assertThat(transactions().begin(record(7, "", 1))).isEqualTo(Claim.GRANTED);
        assertThat(transactions().outcome(id(7))).isEqualTo(Decision.OPEN);
        assertThat(transactions().decide(id(7).withAttempt(99), true)).isEqualTo(Decision.CANCELLED);
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.COMMITTED);
        assertThat(transactions().decide(id(7), false)).isEqualTo(Decision.COMMITTED);
        reopen();
        assertThat(transactions().outcome(id(7))).isEqualTo(Decision.COMMITTED);
        transactions().complete(id(7));
        assertThat(transactions().outcome(id(7))).isEqualTo(Decision.CANCELLED);
    }

    @Test
    void aTokenIsRememberedForTenMinutesAlsoByANewLeader() {
        var digest = Bytes.utf8("digest");
        var writes = List.of(put(1, "new"));
        assertThat(transactions().writeAll(id(7), digest, writes).claim()).isEqualTo(Claim.GRANTED);
        var again = id(7).withAttempt(8);
        assertThat(transactions().writeAll(again, digest, writes).claim()).isEqualTo(Claim.DONE_BEFORE);
        reopen();
        assertThat(transactions().writeAll(again, digest, writes).claim()).isEqualTo(Claim.DONE_BEFORE);
        assertThat(transactions().writeAll(again, Bytes.utf8("other"), writes).claim())
                .isEqualTo(Claim.MISMATCH);
        assertThat(transactions().begin(record(7, "digest", 1))).isEqualTo(Claim.DONE_BEFORE);
        clock.millis += Ledger.TOKEN_MILLIS - 1;
        host.recoverTransactions();
        assertThat(transactions().writeAll(again, digest, writes).claim()).isEqualTo(Claim.DONE_BEFORE);
        clock.millis++;
        host.recoverTransactions();
        assertThat(transactions().writeAll(again, digest, writes).claim()).isEqualTo(Claim.GRANTED);
    }

    @Test
    void whoeverSendsATokenAgainEndsWhatIsDecidedAndWaitsForWhatIsNot() {
        transactions().begin(record(7, "digest", 1));
        prepare(7, 2_000_000, put(1, "new"));
        var again = id(7).withAttempt(8);
        assertThat(transactions()
                        .writeAll(again, Bytes.utf8("digest"), List.of(put(1, "new")))
                        .claim())
                .isEqualTo(Claim.IN_PROGRESS);
        transactions().decide(id(7), true);
        assertThat(transactions()
                        .writeAll(again, Bytes.utf8("digest"), List.of(put(1, "new")))
                        .claim())
                .isEqualTo(Claim.DONE_BEFORE);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
    }

    @Test
    void whatStallsIsEndedByTheLedgersLeader() {
        transactions().begin(record(7, "", 1, 2));
        prepare(7, 2_000_000, put(1, "new"), put(2, "new"));
        transactions().begin(record(8, "", 3));
        prepare(8, 2_000_000, put(3, "new"));
        transactions().decide(id(8), true);
        host.recoverTransactions();
        assertConflict(put(1, "other"));
        clock.nanos += Ledger.STALLED_NANOS;
        host.recoverTransactions();
        write(put(2, "other"));
        assertThat(stored(1)).isNull();
        assertThat(stored(3)).isEqualTo(item(3, "new"));
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.CANCELLED);
    }

    @Test
    void aCoordinatorThatLostTheAnswerLearnsThatOthersHaveCarriedItOut() {
        transactions().begin(record(7, "", 1));
        prepare(7, 2_000_000, put(1, "new"));
        transactions().decide(id(7), true);
        clock.nanos += Ledger.STALLED_NANOS;
        host.recoverTransactions();
        assertThat(stored(1)).isEqualTo(item(1, "new"));
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.COMMITTED);
        clock.millis += Ledger.TOKEN_MILLIS;
        host.recoverTransactions();
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.CANCELLED);
    }

    @Test
    void whatOthersHaveCancelledDoesNotBeginAgain() {
        transactions().begin(record(7, "digest", 1));
        prepare(7, 2_000_000, put(1, "new"));
        clock.nanos += Ledger.STALLED_NANOS;
        host.recoverTransactions();
        assertThat(transactions().begin(record(7, "digest", 1))).isEqualTo(Claim.GRANTED); // a message that was late
        assertThat(transactions().decide(id(7), true)).isEqualTo(Decision.CANCELLED);
        assertThat(transactions()
                        .writeAll(id(7).withAttempt(8), Bytes.utf8("digest"), List.of(put(1, "new")))
                        .claim())
                .isEqualTo(Claim.GRANTED);
        assertThat(stored(1)).isEqualTo(item(1, "new"));
    }

    @Test
    void whatIsHeldForNobodyIsGivenFree() {
        prepare(7, 2_000_000, put(1, "new")); // the ledger does not know it, or any more
        host.recoverTransactions();
        assertConflict(put(1, "other"));
        clock.nanos += Ledger.STALLED_NANOS;
        host.recoverTransactions();
        write(put(1, "other"));
    }
}
