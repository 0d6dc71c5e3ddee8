package dev.evenkeel.partition;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;

/**
 * One group's part in transactions, at its leader: as a participant with its items, and as the home of ledger records. All
 * methods block, and may be called again when nobody knows whether they were carried out.
 *
 * <p>Failures a client can meet come as {@link dev.evenkeel.model.DynamoException}: ResourceNotFoundException when a
 * partition has gone, others when the group cannot be reached.
 */
public interface TransactionGroup {

    /**
     * What a transaction within one group is answered.
     *
     * @param claim when it is not granted, there are no answers
     * @param answers one for each action; all accepted when, and only when, everything has been done
     */
    record Whole(Claim claim, List<ActionAnswer> answers) {}

    /**
     * Carries out a transaction all of whose items are in this group, in one entry of its log.
     *
     * @param id whose record is here, when there is a token
     * @param digest of the request, when it has a token, which then is remembered; else empty
     */
    Whole writeAll(TransactionId id, Bytes digest, List<TransactionWrite> writes);

    /** Prepares all these items, if every answer is an acceptance; else none. */
    List<ActionAnswer> prepare(Transaction transaction, List<TransactionWrite> writes);

    /** Commits or cancels what is prepared of these items; nothing happens where it has been done. */
    void finish(TransactionId id, long timestamp, boolean commits, List<ItemPlace> items);

    /** The items as of one moment; each that somebody is writing is busy. */
    List<ItemVersion> read(List<ItemPlace> items);

    /** Their versions, later: an item whose version is what it was has not changed, and is in nobody's hands. */
    List<ItemVersion> versions(List<ItemPlace> items);

    /** Writes the ledger record of a transaction that begins. */
    Claim begin(LedgerRecord preparing);

    /**
     * Decides a transaction, if it is not decided.
     *
     * @return what it was decided to; never {@link Decision#OPEN}
     */
    Decision decide(TransactionId id, boolean commits);

    /** Every participant has been told. */
    void complete(TransactionId id);

    /** What became of a transaction; one that nobody has gone on with for a while is cancelled by the question. */
    Decision outcome(TransactionId id);
}
