package dev.evenkeel.verify.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Capacity units, and the shape in which an answer reports them. */
final class Units {
    static final int WRITE_BYTES = 1024;

    private static final int READ_BYTES = 4096;

    private Units() {}

    /** For an item written: one for each KB begun, at least one. */
    static double write(Map<String, Value> item) {
        return Math.max(1, Math.ceilDiv(Value.itemSize(item), WRITE_BYTES));
    }

    /** For bytes read together: one for each 4 KB begun, at least one; half when eventually consistent. */
    static double read(long bytes, boolean consistent) {
        double units = Math.max(1, Math.ceilDiv(bytes, READ_BYTES));
        return consistent ? units : units / 2;
    }

    /** The units of one table in one request. */
    static final class Bill {
        private double table;
        private final Map<String, Double> local = new TreeMap<>();
        private final Map<String, Double> global = new TreeMap<>();

        void table(double units) {
            table += units;
        }

        void index(IndexShape index, double units) {
            (index.global() ? global : local).merge(index.name(), units, Double::sum);
        }

        void add(Bill other) {
            table += other.table;
            other.local.forEach((index, units) -> local.merge(index, units, Double::sum));
            other.global.forEach((index, units) -> global.merge(index, units, Double::sum));
        }

        /** What {@code ReturnConsumedCapacity=mode} shows of it, not for NONE. */
        Map<String, Object> report(String tableName, CapacityMode mode) {
            double total = table
                    + local.values().stream().mapToDouble(Double::doubleValue).sum()
                    + global.values().stream().mapToDouble(Double::doubleValue).sum();
            var report = new LinkedHashMap<String, Object>();
            report.put("TableName", tableName);
            report.put("CapacityUnits", total);
            if (mode == CapacityMode.INDEXES) {
                report.put("Table", Map.of("CapacityUnits", table));
                put(report, "LocalSecondaryIndexes", local);
                put(report, "GlobalSecondaryIndexes", global);
            }
            return report;
        }

        private static void put(Map<String, Object> report, String name, Map<String, Double> units) {
            var arms = new LinkedHashMap<String, Object>();
            units.forEach((index, value) -> arms.put(index, Map.of("CapacityUnits", value)));
            if (!arms.isEmpty()) {
                report.put(name, arms);
            }
        }
    }

    enum CapacityMode {
        NONE,
        TOTAL,
        INDEXES
    }
}
