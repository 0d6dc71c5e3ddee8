package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.WarmThroughput;
import dev.evenkeel.metadata.OnDemandThroughput;
import dev.evenkeel.metadata.TableSettings;
import dev.evenkeel.metadata.Throughput;
import dev.evenkeel.model.DynamoException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Capacity out of a request. */
final class ThroughputRules {
    /** Above this DynamoDB calls a number out of bounds rather than too much for the account. */
    private static final long UNITS_MAX = 1_000_000_000_000L;

    private ThroughputRules() {}

    static Throughput provisioned(dev.evenkeel.api.shape.ProvisionedThroughput given) {
        return new Throughput(
                Objects.requireNonNull(given.readCapacityUnits()), Objects.requireNonNull(given.writeCapacityUnits()));
    }

    static void requireInBounds(Throughput throughput) {
        requireInBounds(throughput.readUnits(), "ReadCapacityUnits");
        requireInBounds(throughput.writeUnits(), "WriteCapacityUnits");
    }

    private static void requireInBounds(long units, String name) {
        if (units > UNITS_MAX) {
            throw DynamoException.validation("Given value " + units + " for " + name + " is out of bounds");
        }
    }

    static boolean isInBounds(Throughput throughput) {
        return throughput.readUnits() <= UNITS_MAX && throughput.writeUnits() <= UNITS_MAX;
    }

    /** An object without members stands for nothing, as DynamoDB takes it in CreateTable. */
    static boolean isGiven(dev.evenkeel.api.shape.@Nullable OnDemandThroughput given) {
        return given != null && (given.maxReadRequestUnits() != null || given.maxWriteRequestUnits() != null);
    }

    /** @param sentence the message behind the name of the first member given */
    static DynamoException onDemandRefused(dev.evenkeel.api.shape.OnDemandThroughput given, String sentence) {
        return Refusals.invalid(
                (given.maxReadRequestUnits() != null ? "MaxReadRequestUnits" : "MaxWriteRequestUnits") + sentence);
    }

    /**
     * What is given, over what was set before.
     *
     * @param removable whether −1 is allowed, which removes a ceiling
     * @param subject {@code "table"} or {@code "index : NAME"}, for messages
     */
    static OnDemandThroughput onDemand(
            dev.evenkeel.api.shape.OnDemandThroughput given,
            OnDemandThroughput before,
            boolean removable,
            String subject) {
        return new OnDemandThroughput(
                ceiling(given.maxReadRequestUnits(), before.maxReadUnits(), removable, "MaxReadRequestUnits", subject),
                ceiling(
                        given.maxWriteRequestUnits(),
                        before.maxWriteUnits(),
                        removable,
                        "MaxWriteRequestUnits",
                        subject));
    }

    private static long ceiling(@Nullable Long given, long before, boolean removable, String name, String subject) {
        if (given == null) {
            return before;
        }
        if (given < 1 && !(removable && given == OnDemandThroughput.UNLIMITED)) {
            throw Refusals.invalid(
                    "Requested " + name + " for OnDemandThroughput for " + subject + " is outside of valid range");
        }
        return given;
    }

    /**
     * Warm throughput of a new table or index.
     *
     * @param provisioned zero under on-demand billing
     * @param subject {@code "table"} or {@code "index NAME"}, for messages
     */
    static Throughput newWarm(@Nullable WarmThroughput given, Throughput provisioned, String subject) {
        boolean onDemand = provisioned.equals(Throughput.ZERO);
        var floor = onDemand ? TableSettings.ON_DEMAND_INITIAL : provisioned;
        if (given == null) {
            return floor;
        }
        requireAtLeast(
                given,
                floor,
                subject,
                name -> onDemand
                        ? "initial throughput for OnDemand"
                        : name.replace("UnitsPerSecond", "CapacityUnits") + " of ProvisionedThroughput");
        return over(given, floor);
    }

    /** Warm throughput of a table or index that has some: it never falls. */
    static Throughput raisedWarm(WarmThroughput given, Throughput current, String subject) {
        requireAtLeast(
                given, current, subject, name -> "current WarmThroughput, decreasing WarmThroughput is not supported");
        return over(given, current);
    }

    private interface Wording {
        String of(String memberName);
    }

    private static void requireAtLeast(WarmThroughput given, Throughput floor, String subject, Wording wording) {
        requireAtLeast(given.readUnitsPerSecond(), floor.readUnits(), "ReadUnitsPerSecond", subject, wording);
        requireAtLeast(given.writeUnitsPerSecond(), floor.writeUnits(), "WriteUnitsPerSecond", subject, wording);
    }

    private static void requireAtLeast(@Nullable Long given, long floor, String name, String subject, Wording wording) {
        if (given != null && given < floor) {
            throw Refusals.invalid(
                    "Requested " + name + " for WarmThroughput for " + subject + " is lower than " + wording.of(name));
        }
    }

    private static Throughput over(WarmThroughput given, Throughput current) {
        var read = given.readUnitsPerSecond();
        var write = given.writeUnitsPerSecond();
        return new Throughput(read == null ? current.readUnits() : read, write == null ? current.writeUnits() : write);
    }
}
