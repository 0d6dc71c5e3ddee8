package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.gameday.Json;
import java.util.Map;

/**
 * The place of one item.
 *
 * @param sk empty in a table without sort key
 */
record Slot(String table, String pk, String sk) {
    static Slot of(String table, Map<String, Object> item) {
        return new Slot(table, text(item, "pk"), table.equals(Tables.INDEXED) ? text(item, "sk") : "");
    }

    private static String text(Map<String, Object> item, String name) {
        return Json.object(item.getOrDefault(name, Map.of()))
                .getOrDefault("S", "")
                .toString();
    }

    Map<String, Object> key() {
        return sk.isEmpty()
                ? Map.of("pk", Tables.string(pk))
                : Map.of("pk", Tables.string(pk), "sk", Tables.string(sk));
    }
}
