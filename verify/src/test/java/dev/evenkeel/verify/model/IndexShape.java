package dev.evenkeel.verify.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A secondary index.
 *
 * @param tableKey of its table
 * @param included the attributes an INCLUDE projection names besides the keys; empty means KEYS_ONLY
 */
record IndexShape(
        String name,
        boolean global,
        List<KeyPart> hash,
        List<KeyPart> range,
        List<KeyPart> tableKey,
        boolean allProjected,
        Set<String> included) {

    /** The index's own key attributes. */
    List<KeyPart> key() {
        var key = new ArrayList<>(hash);
        key.addAll(range);
        return key;
    }

    Set<String> keyNames() {
        var names = new LinkedHashSet<String>();
        key().forEach(part -> names.add(part.name()));
        tableKey.forEach(part -> names.add(part.name()));
        return names;
    }

    boolean projects(String attribute) {
        return allProjected || included.contains(attribute) || keyNames().contains(attribute);
    }

    /** What the index holds of the item; nothing when the item lacks one of its key attributes. */
    Optional<Map<String, Value>> entry(Map<String, Value> item) {
        if (!key().stream().allMatch(part -> item.containsKey(part.name()))) {
            return Optional.empty();
        }
        var entry = new TreeMap<>(item);
        entry.keySet().removeIf(name -> !projects(name));
        return Optional.of(entry);
    }

    /** What one change of an item costs this index, in write units. */
    double writeUnits(Optional<Map<String, Value>> before, Optional<Map<String, Value>> after) {
        var old = before.flatMap(this::entry);
        var now = after.flatMap(this::entry);
        if (old.isEmpty() || now.isEmpty()) {
            return units(old) + units(now);
        }
        if (old.equals(now)) {
            return 0;
        }
        boolean moved = key().stream()
                .anyMatch(part ->
                        !Objects.equals(old.get().get(part.name()), now.get().get(part.name())));
        return moved ? units(old) + units(now) : Math.max(units(old), units(now));
    }

    private static double units(Optional<Map<String, Value>> entry) {
        return entry.map(Units::write).orElse(0.0);
    }
}
