package dev.evenkeel.verify.gameday;

import dev.evenkeel.verify.history.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Actions as requests. Items have the key {@code pk}, a value {@code val} and a count {@code cnt}. */
final class TableRequests {
    static final String KEY = "pk";
    static final String VALUE = "val";
    static final String COUNT = "cnt";

    /** What to send. */
    record Request(String operation, String body) {}

    private TableRequests() {}

    static Request create(String table) {
        return new Request(
                "CreateTable",
                Json.write(Map.of(
                        "TableName",
                        table,
                        "BillingMode",
                        "PAY_PER_REQUEST",
                        "AttributeDefinitions",
                        List.of(Map.of("AttributeName", KEY, "AttributeType", "S")),
                        "KeySchema",
                        List.of(Map.of("AttributeName", KEY, "KeyType", "HASH")))));
    }

    static Request describe(String table) {
        return new Request("DescribeTable", Json.write(Map.of("TableName", table)));
    }

    /** A strongly consistent page, from the beginning when there is no key to start behind. */
    static Request scan(String table, Map<String, Object> startKey) {
        var input = new HashMap<String, Object>(Map.of("TableName", table, "ConsistentRead", true));
        if (!startKey.isEmpty()) {
            input.put("ExclusiveStartKey", startKey);
        }
        return new Request("Scan", Json.write(input));
    }

    /** @param tells whether a put or delete is to tell what was there before */
    static Request of(String table, String key, Action action, boolean tells) {
        var input = new HashMap<String, Object>(Map.of("TableName", table));
        return switch (action) {
            case Action.Put put -> {
                input.put("Item", item(key, put.value()));
                input.put("ReturnValues", tells ? "ALL_OLD" : "NONE");
                yield new Request("PutItem", Json.write(input));
            }
            case Action.PutIf put -> {
                input.put("Item", item(key, put.value()));
                input.put("ReturnValues", tells ? "ALL_OLD" : "NONE");
                input.putAll(condition(put.expected()));
                yield new Request("PutItem", Json.write(input));
            }
            case Action.Add add -> {
                input.put("Key", key(key));
                input.put("UpdateExpression", "ADD " + COUNT + " :n");
                input.put("ExpressionAttributeValues", Map.of(":n", Map.of("N", Long.toString(add.amount()))));
                input.put("ReturnValues", "ALL_NEW");
                yield new Request("UpdateItem", Json.write(input));
            }
            case Action.Delete _ -> {
                input.put("Key", key(key));
                input.put("ReturnValues", tells ? "ALL_OLD" : "NONE");
                yield new Request("DeleteItem", Json.write(input));
            }
            case Action.Read read -> {
                input.put("Key", key(key));
                input.put("ConsistentRead", read.consistent());
                yield new Request("GetItem", Json.write(input));
            }
        };
    }

    private static Map<String, Object> condition(String expected) {
        var condition = new HashMap<String, Object>();
        condition.put("ReturnValuesOnConditionCheckFailure", "ALL_OLD");
        if (expected.isEmpty()) {
            condition.put("ConditionExpression", "attribute_not_exists(" + VALUE + ")");
        } else {
            condition.put("ConditionExpression", VALUE + " = :e");
            condition.put("ExpressionAttributeValues", Map.of(":e", Map.of("S", expected)));
        }
        return condition;
    }

    private static Map<String, Object> key(String key) {
        return Map.of(KEY, Map.of("S", key));
    }

    private static Map<String, Object> item(String key, String value) {
        return Map.of(KEY, Map.of("S", key), VALUE, Map.of("S", value));
    }
}
