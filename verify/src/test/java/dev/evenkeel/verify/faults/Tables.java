package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.Waiting;
import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tables of these tests, and requests for them. */
final class Tables {
    /** Key {@code pk}. */
    static final String PLAIN = "Plain";

    /** Key {@code pk, sk}; a local index by {@code amount} and a global one by {@code grp, amount}, both of everything. */
    static final String INDEXED = "Indexed";

    static final String LOCAL_INDEX = "ByAmount";
    static final String GLOBAL_INDEX = "ByGroup";

    private Tables() {}

    static void create(Dynamo client) throws IOException {
        client.ok("CreateTable", plain(PLAIN));
        client.ok("CreateTable", indexed(INDEXED));
        awaitActive(client, PLAIN);
        awaitActive(client, INDEXED);
    }

    static Map<String, Object> plain(String name) {
        return Map.of(
                "TableName",
                name,
                "BillingMode",
                "PAY_PER_REQUEST",
                "AttributeDefinitions",
                List.of(attribute("pk", "S")),
                "KeySchema",
                List.of(key("pk", "HASH")));
    }

    static Map<String, Object> indexed(String name) {
        return Map.of(
                "TableName", name,
                "BillingMode", "PAY_PER_REQUEST",
                "AttributeDefinitions",
                        List.of(
                                attribute("pk", "S"),
                                attribute("sk", "S"),
                                attribute("amount", "N"),
                                attribute("grp", "S")),
                "KeySchema", List.of(key("pk", "HASH"), key("sk", "RANGE")),
                "LocalSecondaryIndexes",
                        List.of(Map.of(
                                "IndexName", LOCAL_INDEX,
                                "KeySchema", List.of(key("pk", "HASH"), key("amount", "RANGE")),
                                "Projection", Map.of("ProjectionType", "ALL"))),
                "GlobalSecondaryIndexes", List.of(globalIndex(GLOBAL_INDEX)));
    }

    static Map<String, Object> globalIndex(String name) {
        return Map.of(
                "IndexName", name,
                "KeySchema", List.of(key("grp", "HASH"), key("amount", "RANGE")),
                "Projection", Map.of("ProjectionType", "ALL"));
    }

    static Map<String, Object> attribute(String name, String type) {
        return Map.of("AttributeName", name, "AttributeType", type);
    }

    private static Map<String, Object> key(String name, String type) {
        return Map.of("AttributeName", name, "KeyType", type);
    }

    static Map<String, Object> string(String value) {
        return Map.of("S", value);
    }

    static Map<String, Object> number(long value) {
        return Map.of("N", Long.toString(value));
    }

    static Map<String, Object> put(String table, Map<String, ?> item) {
        return Map.of("TableName", table, "Item", item);
    }

    static Map<String, Object> keyed(String table, String pk) {
        return Map.of("TableName", table, "Key", Map.of("pk", string(pk)));
    }

    /** What DescribeTable says; empty when there is no such table. */
    static Optional<Map<String, Object>> describe(Dynamo client, String table) throws IOException {
        var answer = client.call("DescribeTable", Map.of("TableName", table));
        if (answer.error().equals("ResourceNotFoundException")) {
            return Optional.empty();
        }
        if (!answer.isOk()) {
            throw new AssertionError("DescribeTable was answered " + answer);
        }
        return Optional.of(Json.object(Objects.requireNonNull(answer.body().get("Table"))));
    }

    /** Whether the table and all its global indexes are ACTIVE, or it is not there: nothing is under way. */
    static boolean isSettled(Dynamo client, String table) {
        try {
            return describe(client, table)
                    .map(description -> isActive(description)
                            && globalIndexes(description).stream()
                                    .allMatch(index -> "ACTIVE".equals(index.get("IndexStatus"))))
                    .orElse(true);
        } catch (IOException e) {
            throw new AssertionError("DescribeTable had no answer", e);
        }
    }

    private static boolean isActive(Map<String, Object> description) {
        return "ACTIVE".equals(description.get("TableStatus"));
    }

    static List<Map<String, Object>> globalIndexes(Map<String, Object> description) {
        return Json.array(description.getOrDefault("GlobalSecondaryIndexes", List.of())).stream()
                .map(Json::object)
                .toList();
    }

    static void awaitActive(Dynamo client, String table) {
        Waiting.await("table " + table + " settles", () -> isSettled(client, table));
    }
}
