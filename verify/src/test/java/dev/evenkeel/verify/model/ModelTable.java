package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table's items in a plain map. Indexes are worked out when they are read. */
final class ModelTable {
    private TableShape shape;
    private final Map<List<Value>, Map<String, Value>> items = new LinkedHashMap<>();

    ModelTable(TableShape shape) {
        this.shape = shape;
    }

    TableShape shape() {
        return shape;
    }

    /** Goes on with other indexes. */
    void reshape(TableShape other) {
        shape = other;
    }

    Optional<Map<String, Value>> get(Map<String, Value> key) {
        return Optional.ofNullable(items.get(shape.keyOf(key)));
    }

    /** Replaces what is under the key by {@code after}, or by nothing, and answers what that costs. */
    Units.Bill change(Map<String, Value> key, Optional<Map<String, Value>> after) {
        var before = get(key);
        var bill = new Units.Bill();
        bill.table(Math.max(
                before.map(Units::write).orElse(1.0), after.map(Units::write).orElse(1.0)));
        for (var index : shape.indexes()) {
            double units = index.writeUnits(before, after);
            if (units > 0) {
                bill.index(index, units);
            }
        }
        after.ifPresentOrElse(item -> items.put(shape.keyOf(key), item), () -> items.remove(shape.keyOf(key)));
        return bill;
    }

    /** What the table or the index holds, in no order. */
    List<Map<String, Value>> entries(Optional<IndexShape> index) {
        var entries = new ArrayList<Map<String, Value>>();
        for (var item : items.values()) {
            index.map(it -> it.entry(item)).orElse(Optional.of(item)).ifPresent(entries::add);
        }
        return entries;
    }

    /** Entries of one partition key in the order of the sort key; entries with equal sort keys in no order. */
    static List<Map<String, Value>> sorted(List<Map<String, Value>> entries, List<KeyPart> range, boolean forward) {
        Comparator<Map<String, Value>> order = (left, right) -> compare(left, right, range);
        return entries.stream().sorted(forward ? order : order.reversed()).toList();
    }

    static int compare(Map<String, Value> left, Map<String, Value> right, List<KeyPart> range) {
        for (var part : range) {
            int order = Value.compare(TableShape.required(left, part.name()), TableShape.required(right, part.name()));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
