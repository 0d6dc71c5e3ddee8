package dev.evenkeel.router;

import dev.evenkeel.api.shape.ConsumedCapacity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a transaction consumed, table by table in the order in which it named them. */
final class TransactionTally {
    /** Each item is written, or read, twice: once to prepare and once to commit (Developer Guide, "Capacity management"). */
    static final int ROUNDS = 2;

    private final CapacityTally.Direction direction;
    private final Map<String, CapacityTally> byTable = new LinkedHashMap<>();

    TransactionTally(CapacityTally.Direction direction) {
        this.direction = direction;
    }

    CapacityTally of(TableRoute route) {
        return byTable.computeIfAbsent(route.calledAs(), _ -> new CapacityTally());
    }

    /** Null when it is not asked for. */
    @Nullable
    List<ConsumedCapacity> report(@Nullable String mode) {
        if (!CapacityTally.isWanted(mode)) {
            return null;
        }
        var all = new ArrayList<ConsumedCapacity>();
        byTable.forEach((table, tally) -> all.add(tally.report(mode, table, direction)));
        return all;
    }
}
