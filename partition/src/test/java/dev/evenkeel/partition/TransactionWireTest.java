package dev.evenkeel.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.Keys;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Participant;
import dev.evenkeel.partition.transaction.PreparedItem;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What transactions send and keep means the same behind its bytes. */
class TransactionWireTest {
    private static final TransactionId ID = new TransactionId(-1, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final Item ITEM = Cluster.key("k", 1).with(Map.of("note", AttributeValue.of("x")));
    private static final byte[] POSITION = Keys.position(ITEM, Cluster.KEY);
    private static final List<TransactionWrite> WRITES = List.of(
            new TransactionWrite(3, new ItemWrite.Put(POSITION, ITEM, null, true)),
            new TransactionWrite(
                    1L << 40, new ItemWrite.Check(POSITION, Cluster.condition("attribute_exists(id)", null), true)));

    @SuppressWarnings("unchecked") // a request comes out as what went in
    private static <R extends Request<?>> R sent(R request) {
        var bytes = Request.encode(request);
        var arrived = Request.decode(bytes);
        assertThat(arrived).isInstanceOf(request.getClass());
        assertThat(Request.encode(arrived)).isEqualTo(bytes);
        return (R) arrived;
    }

    private static <T> T answered(Request<T> request, T result) {
        var arrived = Answer.decode(request, Answer.encode(request, new Answer.Result<>(result)));
        return ((Answer.Result<T>) arrived).value();
    }

    private static void assertSame(List<TransactionWrite> arrived) {
        assertThat(arrived).extracting(TransactionWrite::partitionId).containsExactly(3L, 1L << 40);
        assertThat(arrived.get(0).write()).isInstanceOf(ItemWrite.Put.class);
        var check = arrived.get(1).write();
        assertThat(check).isInstanceOf(ItemWrite.Check.class);
        assertThat(check.position()).isEqualTo(POSITION);
        assertThat(check.returnItemOnConditionFailure()).isTrue();
        assertThat(WriteEvaluation.conditionHolds(check, ITEM)).isTrue();
        assertThat(WriteEvaluation.conditionHolds(check, null)).isFalse();
    }

    @Test
    void stepsAndTheirAnswersArrive() {
        var answers = List.<ActionAnswer>of(
                new ActionAnswer.Accepted(2.5, Map.of("byColour", 1.0), -1), new ActionAnswer.TooOld(1L << 50));
        var whole = sent(new WriteAllRequest(1, ID, Bytes.utf8("digest"), WRITES));
        assertThat(whole.id()).isEqualTo(ID);
        assertThat(whole.digest()).isEqualTo(Bytes.utf8("digest"));
        assertSame(whole.writes());
        assertThat(whole.isRepeatable()).isTrue();
        assertThat(new WriteAllRequest(1, ID, Bytes.EMPTY, WRITES).isRepeatable())
                .isFalse();
        var done = new TransactionGroup.Whole(Claim.GRANTED, answers);
        assertThat(answered(whole, done)).isEqualTo(done);

        var transaction = new Transaction(ID, 7, 1L << 50);
        var prepare = sent(new PrepareRequest(1, transaction, WRITES));
        assertThat(prepare.transaction()).isEqualTo(transaction);
        assertSame(prepare.writes());
        assertThat(answered(prepare, answers)).isEqualTo(answers);
        var refused = answered(
                prepare, List.<ActionAnswer>of(new ActionAnswer.Refused(DynamoException.conditionalCheckFailed(ITEM))));
        assertThat(((ActionAnswer.Refused) refused.getFirst()).failure().item()).contains(ITEM);

        var finish = sent(new FinishRequest(1, ID, 1L << 50, true, List.of(new ItemPlace(3, POSITION))));
        assertThat(finish.commits()).isTrue();
        assertThat(finish.items().getFirst().position()).isEqualTo(POSITION);
        var read = sent(new ReadVersionsRequest(1, true, List.of(new ItemPlace(3, POSITION))));
        var versions = List.of(new ItemVersion(ITEM, 3, 1L << 50), new ItemVersion(null, 3, 0), ItemVersion.IS_BUSY);
        assertThat(answered(read, versions)).isEqualTo(versions);
        for (var verb : LedgerRequest.Verb.values()) {
            assertThat(sent(new LedgerRequest(1, ID, verb))).isEqualTo(new LedgerRequest(1, ID, verb));
        }
        for (var decision : Decision.values()) {
            assertThat(answered(new LedgerRequest(1, ID, LedgerRequest.Verb.OUTCOME), decision))
                    .isEqualTo(decision);
        }
    }

    @Test
    void recordsAreTheSame() {
        var record = LedgerRecord.preparing(
                ID, 1L << 50, Bytes.utf8("digest"), List.of(new Participant(7, List.of(new ItemPlace(3, POSITION)))));
        for (var each : List.of(
                record,
                record.decided(true),
                record.decided(true).ended(1L << 40),
                record.decided(false).ended(1L << 40))) {
            var read = LedgerRecord.decode(each.encode());
            assertThat(read).usingRecursiveComparison().isEqualTo(each);
        }
        assertThat(sent(new BeginRequest(1, record)).preparing())
                .usingRecursiveComparison()
                .isEqualTo(record);
        for (var held : List.of(
                new PreparedItem(ID, 7, 1L << 50, true, ITEM),
                new PreparedItem(ID, 7, 1L << 50, true, null),
                new PreparedItem(ID, 7, 1L << 50, false, null))) {
            assertThat(PreparedItem.decode(held.encode())).isEqualTo(held);
        }
    }

    @Test
    void entriesAreTheSame() {
        var mutation = new Mutation(new byte[] {1}, new byte[] {2});
        var delta = new SizeDelta(0, 1, 10);
        var plain = new PartitionEntry.Write(1L << 50, 1, 10, List.of(delta), List.of(mutation), List.of());
        var before = new PartitionEntry.Write(0, 1, 10, List.of(delta), List.of(mutation), List.of());
        assertThat(before.encode()[1]).as("as before transactions").isEqualTo((byte) PartitionEntry.WRITE);
        var batch =
                new PartitionEntry.Batch(1L << 50, List.of(before, PartitionEntry.Write.ofGroup(List.of(mutation))));
        for (var entry : List.of(plain, before, batch)) {
            assertThat(PartitionEntry.decode(entry.encode()))
                    .usingRecursiveComparison()
                    .isEqualTo(entry);
        }
    }
}
