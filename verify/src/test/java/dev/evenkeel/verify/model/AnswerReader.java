package dev.evenkeel.verify.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings replies into the form in which the model gives its answers. */
final class AnswerReader {
    private AnswerReader() {}

    static Answer read(Endpoint.Reply reply) {
        var body = new LinkedHashMap<String, Object>();
        reply.body().forEach((field, tree) -> body.put(field, normal(field, tree)));
        return new Answer(reply.error(), body);
    }

    private static Object normal(String field, Object tree) {
        return switch (field) {
            case "Item", "Attributes", "LastEvaluatedKey" -> WireValues.toItem(tree);
            case "Items" -> items(tree);
            case "Responses" -> {
                var tables = new TreeMap<String, Object>();
                Wire.asObject(tree).forEach((table, items) -> tables.put(table, Unordered.of(items(items))));
                yield tables;
            }
            case "ConsumedCapacity" -> tree instanceof List<?> ? reportsByTable(tree) : tree;
            case "ItemCollectionMetrics" -> collectionKey(tree);
            case "Count", "ScannedCount" -> ((Number) tree).intValue();
            default -> tree;
        };
    }

    private static List<Map<String, Value>> items(Object tree) {
        return Wire.asList(tree).stream().map(WireValues::toItem).toList();
    }

    private static Map<String, Object> reportsByTable(Object tree) {
        var reports = new TreeMap<String, Object>();
        for (var report : Wire.asList(tree)) {
            reports.put((String) Wire.asObject(report).getOrDefault("TableName", ""), report);
        }
        return reports;
    }

    /** The key, when the estimate beside it is that of a small collection. */
    private static Object collectionKey(Object tree) {
        var metrics = Wire.asObject(tree);
        if (!List.of(0.0, 1.0).equals(metrics.get("SizeEstimateRangeGB"))) {
            throw new AssertionError("a small collection is estimated as " + metrics);
        }
        return WireValues.toItem(metrics.getOrDefault("ItemCollectionKey", Map.of()));
    }
}
