package dev.evenkeel.router.transaction;

import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.partition.ActionAnswer;
import dev.evenkeel.partition.TransactionGroup;
import dev.evenkeel.partition.TransactionGroups;
import dev.evenkeel.partition.TransactionWrite;
import dev.evenkeel.partition.transaction.Claim;
import dev.evenkeel.partition.transaction.Decision;
import dev.evenkeel.partition.transaction.ItemPlace;
import dev.evenkeel.partition.transaction.LedgerRecord;
import dev.evenkeel.partition.transaction.Participant;
import dev.evenkeel.partition.transaction.Transaction;
import dev.evenkeel.partition.transaction.TransactionId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at a write transaction over several groups. It may stop after any step, or take any step twice: what it leaves is
 * ended by those who hold its ledger record and its items.
 */
final class WriteAttempt {
    private static final Logger log = LoggerFactory.getLogger(WriteAttempt.class);

    private final TransactionGroups groups;
    private final TransactionCoordinator.Background background;
    private final Transaction transaction;
    private final Bytes digest;
    private final Shares<TransactionAction> shares;

    WriteAttempt(
            TransactionGroups groups,
            TransactionCoordinator.Background background,
            TransactionId id,
            int home,
            long timestamp,
            Bytes digest,
            Shares<TransactionAction> shares) {
        this.groups = groups;
        this.background = background;
        this.transaction = new Transaction(id, home, timestamp);
        this.digest = digest;
        this.shares = shares;
    }

    private TransactionGroup ledger() {
        return groups.group(transaction.home());
    }

    /** First the ledger knows of it, with all that somebody else needs to end it. */
    Claim begin() {
        var participants = shares.groups().stream()
                .map(groupId -> new Participant(groupId, places(groupId)))
                .toList();
        return ledger().begin(LedgerRecord.preparing(transaction.id(), transaction.timestamp(), digest, participants));
    }

    private List<ItemPlace> places(int groupId) {
        return shares.of(groupId).stream()
                .map(TransactionAction::toWrite)
                .map(TransactionWrite::place)
                .toList();
    }

    /** What the participants say; all accept when, and only when, all of it has been carried out. */
    List<ActionAnswer> run() {
        List<ActionAnswer> answers;
        try {
            answers = shares.gather((groupId, share) ->
                    groups.group(groupId).prepare(transaction, TransactionCoordinator.writes(share)));
        } catch (RuntimeException failed) {
            cancel();
            throw failed;
        }
        if (!answers.stream().allMatch(ActionAnswer::isAccepted)) {
            cancel();
            return answers;
        }
        if (decision() != Decision.COMMITTED) {
            cancel(); // somebody has taken this one for stalled
            return answers.stream().map(_ -> conflict()).toList();
        }
        commit();
        return answers;
    }

    /** When the ledger does not say what it has decided, nobody may tell the client that nothing has happened. */
    private Decision decision() {
        try {
            return ledger().decide(transaction.id(), true);
        } catch (DynamoException unreachable) {
            log.warn("Nobody can tell what became of transaction {}", transaction.id(), unreachable);
            throw new DynamoException(
                    ErrorCode.INTERNAL_SERVER_ERROR,
                    "Internal server error: the outcome of the transaction is unknown");
        }
    }

    private static ActionAnswer conflict() {
        return new ActionAnswer.Refused(DynamoException.transactionConflict());
    }

    /** The client is answered when every participant has done it, so that it finds what it wrote. */
    private void commit() {
        try {
            finish(true);
        } catch (DynamoException unreachable) {
            log.warn("Transaction {} is committed and not everywhere yet", transaction.id(), unreachable);
            throw new DynamoException(
                    ErrorCode.INTERNAL_SERVER_ERROR,
                    "Internal server error: the transaction is committed, and not all of its items show it yet");
        }
        background.run(this::complete);
    }

    /** Nobody has to wait for it but those who send the same token again. */
    private void cancel() {
        try {
            ledger().decide(transaction.id(), false);
            finish(false);
            ledger().complete(transaction.id());
        } catch (DynamoException unreachable) {
            log.debug("Transaction {} is left to others to cancel", transaction.id(), unreachable);
        }
    }

    private void finish(boolean commits) {
        shares.gather((groupId, share) -> {
            groups.group(groupId).finish(transaction.id(), transaction.timestamp(), commits, places(groupId));
            return share;
        });
    }

    private void complete() {
        try {
            ledger().complete(transaction.id());
        } catch (DynamoException unreachable) {
            log.debug("The ledger is left to find that transaction {} is done", transaction.id(), unreachable);
        }
    }
}
