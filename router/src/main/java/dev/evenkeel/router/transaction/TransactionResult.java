package dev.evenkeel.router.transaction;

import dev.evenkeel.partition.ActionAnswer;
import java.util.List;

/** How a write transaction ended well. */
public sealed interface TransactionResult {

    /** It has been carried out. @param charges one for each action */
    record Committed(List<ActionAnswer.Accepted> charges) implements TransactionResult {}

    /** It had been carried out before, by a request with the same token. */
    record DoneBefore() implements TransactionResult {}
}
