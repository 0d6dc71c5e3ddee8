package dev.evenkeel.partition;

import dev.evenkeel.replication.NotLeaderException;
import dev.evenkeel.replication.ReplicationGroup;
import java.util.function.Supplier;

/** Does something as a group's leader, and again when its term has ended: the next may be one in which this replica leads. */
final class Leading {
    /** Each costs a change of term, and a group that changes its term again and again serves nobody. */
    private static final int EVALUATIONS_MAX = 4;

    private Leading() {}

    /** @throws NotLeaderException when this replica does not lead any more: nothing has been done */
    static <T> T in(ReplicationGroup group, Supplier<T> evaluation) {
        for (int i = 1; ; i++) {
            long term = group.term();
            try {
                return evaluation.get();
            } catch (NotLeaderException refused) {
                if (i == EVALUATIONS_MAX || group.term() == term) {
                    throw refused;
                }
            }
        }
    }
}
