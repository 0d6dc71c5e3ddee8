package dev.evenkeel.metadata;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The provisioned capacity of a table or global index, what it is about to become, and how often it was lowered.
 *
 * @param pending what it becomes when the running update is done, or null
 * @param lastIncrease null until the first one
 * @param lastDecrease null until the first one
 * @param decreases on the UTC day of {@code lastDecrease}
 */
public record ProvisionedThroughput(
        Throughput units,
        @Nullable Throughput pending,
        @Nullable Instant lastIncrease,
        @Nullable Instant lastDecrease,
        int decreases) {

    public static ProvisionedThroughput of(Throughput units) {
        return new ProvisionedThroughput(units, null, null, null, 0);
    }

    /** An update begins: DynamoDB dates it at once, and shows the new units only when it is done. */
    public ProvisionedThroughput beginning(Throughput next, Instant at) {
        return new ProvisionedThroughput(
                units,
                next,
                units.risesTo(next) ? at : lastIncrease,
                units.fallsTo(next) ? at : lastDecrease,
                units.fallsTo(next) ? decreasesOn(at) : decreases);
    }

    /** The running update is done: a decrease counts now. Unchanged when none runs. */
    public ProvisionedThroughput finished(Instant at) {
        if (pending == null) {
            return this;
        }
        boolean fell = units.fallsTo(pending);
        return new ProvisionedThroughput(
                pending,
                null,
                units.risesTo(pending) ? at : lastIncrease,
                fell ? at : lastDecrease,
                fell ? decreasesOn(at) + 1 : decreases);
    }

    /** The same history with other units, at once: billing changed. */
    public ProvisionedThroughput withUnits(Throughput next) {
        return new ProvisionedThroughput(next, null, lastIncrease, lastDecrease, decreases);
    }

    /** As {@link #withUnits}, counted as a decrease. */
    public ProvisionedThroughput decreasedTo(Throughput next, Instant at) {
        return new ProvisionedThroughput(next, null, lastIncrease, at, decreasesOn(at) + 1);
    }

    /** NumberOfDecreasesToday as of that moment; the day is UTC's. */
    public int decreasesOn(Instant moment) {
        return lastDecrease != null && day(lastDecrease).equals(day(moment)) ? decreases : 0;
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
