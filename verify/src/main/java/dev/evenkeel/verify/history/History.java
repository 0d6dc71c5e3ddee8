package dev.evenkeel.verify.history;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All operations of a run, in no particular order. */
public record History(List<Operation> operations) {
    public History {
        operations = List.copyOf(operations);
    }

    public SortedMap<String, List<Operation>> byKey() {
        var keys = new TreeMap<String, List<Operation>>();
        operations.forEach(operation ->
                keys.computeIfAbsent(operation.key(), _ -> new ArrayList<>()).add(operation));
        return keys;
    }
}
