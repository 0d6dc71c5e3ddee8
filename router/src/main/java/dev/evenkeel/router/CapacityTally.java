package dev.evenkeel.router;

import dev.evenkeel.api.shape.Capacity;
import dev.evenkeel.api.shape.ConsumedCapacity;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.WriteOutcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what a request consumed of one table and its indexes, and reports it as {@code ReturnConsumedCapacity} asks.
 *
 * <p>As DynamoDB answers them: {@code TOTAL} has the name and one figure; {@code INDEXES} adds the table's own part, zero
 * when an index was read, and each index that was charged, local and global ones apart. Only transactions say whether units
 * are read or write units.
 */
final class CapacityTally {
    private double tableUnits;
    private @Nullable Map<String, Double> localUnits; // made when the first index is charged
    private @Nullable Map<String, Double> globalUnits;

    /** Whether that value of {@code ReturnConsumedCapacity} asks for anything. */
    static boolean isWanted(@Nullable String mode) {
        return "TOTAL".equals(mode) || "INDEXES".equals(mode);
    }

    /** The answer's {@code ConsumedCapacity} for one write, or null when it is not asked for. */
    static @Nullable ConsumedCapacity ofWrite(@Nullable String mode, TableRoute route, WriteOutcome outcome) {
        return isWanted(mode) ? new CapacityTally().add(outcome, route.schema()).report(mode, route.calledAs()) : null;
    }

    /** The answer's {@code ConsumedCapacity} for reading items, or null when it is not asked for. */
    static @Nullable ConsumedCapacity ofRead(@Nullable String mode, TableRoute route, double units) {
        return isWanted(mode) ? new CapacityTally().add(units).report(mode, route.calledAs()) : null;
    }

    CapacityTally add(double units) {
        tableUnits += units;
        return this;
    }

    CapacityTally add(IndexSchema index, double units) {
        if (index.isGlobal()) {
            globalUnits = plus(globalUnits, index.name(), units);
        } else {
            localUnits = plus(localUnits, index.name(), units);
        }
        return this;
    }

    CapacityTally add(WriteOutcome outcome, TableSchema schema) {
        outcome.indexUnits().forEach((name, units) -> schema.index(name).ifPresent(index -> add(index, units)));
        return add(outcome.tableUnits());
    }

    private static Map<String, Double> plus(@Nullable Map<String, Double> units, String name, double more) {
        var map = units == null ? new LinkedHashMap<String, Double>() : units;
        map.merge(name, more, Double::sum);
        return map;
    }

    /** How units are told apart in the answers of transactions. */
    enum Direction {
        /** Not at all, as in all other answers. */
        NONE,
        READ,
        WRITE
    }

    /**
     * @param mode one that {@link #isWanted}
     * @param tableName as the request had it
     */
    ConsumedCapacity report(@Nullable String mode, String tableName) {
        return report(mode, tableName, Direction.NONE);
    }

    ConsumedCapacity report(@Nullable String mode, String tableName, Direction direction) {
        boolean withIndexes = "INDEXES".equals(mode);
        var total = capacity(tableUnits + sum(localUnits) + sum(globalUnits), direction);
        return new ConsumedCapacity(
                tableName,
                total.capacityUnits(),
                total.readCapacityUnits(),
                total.writeCapacityUnits(),
                withIndexes ? capacity(tableUnits, direction) : null,
                withIndexes ? capacities(localUnits, direction) : null,
                withIndexes ? capacities(globalUnits, direction) : null,
                null);
    }

    private static double sum(@Nullable Map<String, Double> units) {
        double sum = 0;
        if (units != null) {
            for (double each : units.values()) {
                sum += each;
            }
        }
        return sum;
    }

    private static @Nullable Map<String, Capacity> capacities(
            @Nullable Map<String, Double> units, Direction direction) {
        if (units == null) {
            return null;
        }
        var capacities = new LinkedHashMap<String, Capacity>();
        units.forEach((name, each) -> capacities.put(name, capacity(each, direction)));
        return capacities;
    }

    private static Capacity capacity(double units, Direction direction) {
        return new Capacity(
                direction == Direction.READ ? units : null, direction == Direction.WRITE ? units : null, units);
    }
}
