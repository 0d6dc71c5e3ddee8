package dev.evenkeel.verify.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Items without their order: each with how often it occurs. */
record Unordered(Map<Map<String, Value>, Integer> counts) {

    static Unordered of(List<Map<String, Value>> items) {
        var counts = new LinkedHashMap<Map<String, Value>, Integer>();
        items.forEach(item -> counts.merge(item, 1, Integer::sum));
        return new Unordered(counts);
    }
}
