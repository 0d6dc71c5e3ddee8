package dev.evenkeel.verify.gameday;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** As much of a database as the clients of a day need, which can lie. */
final class MemoryDynamo implements AutoCloseable {
    enum Lie {
        NONE,
        /** Some puts are acknowledged and forgotten. */
        LOSES_PUTS,
        /** Some strong reads tell of the item as it was before its last change. */
        READS_STALE,
        /** Some additions are made twice. */
        ADDS_TWICE,
        /** Some puts are answered with a 400 and made all the same. */
        REFUSES_AND_WRITES
    }

    /** One in so many requests is lied about. */
    private static final int LIES_EVERY = 20;

    private record Reply(int status, Map<String, ?> body) {}

    private final HttpServer server;
    private final Lie lie;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, Map<String, Object>> items = new HashMap<>();
    private final Map<String, Map<String, Object>> before = new HashMap<>();
    private String digests = "";

    MemoryDynamo(Lie lie) throws IOException {
        this.lie = lie;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What {@code GET /cluster/digest} is to answer. */
    void setDigests(String json) {
        digests = json;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, exchange.getRequestURI().getPath().endsWith("digest") ? digests : "healthy");
            return;
        }
        var operation = exchange.getRequestHeaders().getFirst("X-Amz-Target").replaceAll(".*\\.", "");
        var reply = reply(operation, Json.object(body));
        send(exchange, reply.status, Json.write(reply.body));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized Reply reply(String operation, Map<String, Object> input) {
        var table = text(input, "TableName");
        return switch (operation) {
            case "CreateTable" -> ok(Map.of());
            case "DescribeTable" -> ok(Map.of("Table", Map.of("TableStatus", "ACTIVE")));
            case "GetItem" -> get(input, id(table, member(input, "Key")));
            case "PutItem" -> put(input, id(table, member(input, "Item")));
            case "UpdateItem" -> add(input, id(table, member(input, "Key")));
            case "DeleteItem" -> replace(input, id(table, member(input, "Key")), null);
            case "Scan" -> scan(table);
            default -> throw new IllegalArgumentException(operation);
        };
    }

    private static Reply ok(Map<String, ?> body) {
        return new Reply(200, body);
    }

    private boolean lies(Lie one) {
        return lie == one && random.nextInt(LIES_EVERY) == 0;
    }

    private static String text(Map<String, Object> input, String member) {
        return input.getOrDefault(member, "").toString();
    }

    private static Map<String, Object> member(Map<String, Object> input, String member) {
        return Json.object(Objects.requireNonNull(input.get(member)));
    }

    private static String id(String table, Map<String, Object> item) {
        return table + "/" + Answers.content(item, TableRequests.KEY, "S");
    }

    private Reply get(Map<String, Object> input, String id) {
        boolean isConsistent = "true".equals(text(input, "ConsistentRead"));
        var item = isConsistent && lies(Lie.READS_STALE) ? before.get(id) : items.get(id);
        return ok(item == null ? Map.of() : Map.of("Item", item));
    }

    private Reply put(Map<String, Object> input, String id) {
        var current = items.getOrDefault(id, Map.of());
        var value = Answers.content(current, TableRequests.VALUE, "S");
        var condition = text(input, "ConditionExpression");
        if (!condition.isEmpty() && !value.equals(expected(input))) {
            return new Reply(
                    400,
                    current.isEmpty()
                            ? Map.of("__type", "x#ConditionalCheckFailedException")
                            : Map.of("__type", "x#ConditionalCheckFailedException", "Item", current));
        }
        if (lies(Lie.LOSES_PUTS)) {
            return told(input, items.get(id));
        }
        var reply = replace(input, id, member(input, "Item"));
        return lies(Lie.REFUSES_AND_WRITES) ? new Reply(400, Map.of("__type", "x#ThrottlingException")) : reply;
    }

    private static String expected(Map<String, Object> input) {
        var values = input.get("ExpressionAttributeValues");
        return values == null ? "" : Answers.content(Json.object(values), ":e", "S");
    }

    private Reply add(Map<String, Object> input, String id) {
        var old = items.get(id);
        var next = new HashMap<>(old == null ? member(input, "Key") : old);
        long amount = Long.parseLong(Answers.content(member(input, "ExpressionAttributeValues"), ":n", "N"));
        var count = Answers.content(next, TableRequests.COUNT, "N");
        long now = (count.isEmpty() ? 0 : Long.parseLong(count)) + amount;
        next.put(TableRequests.COUNT, Map.of("N", Long.toString(now)));
        replace(input, id, next);
        if (lies(Lie.ADDS_TWICE)) {
            var twice = new HashMap<>(next);
            twice.put(TableRequests.COUNT, Map.of("N", Long.toString(now + amount)));
            replace(input, id, twice);
        }
        return ok(Map.of("Attributes", next));
    }

    private Reply replace(Map<String, Object> input, String id, @Nullable Map<String, Object> next) {
        var old = next == null ? items.remove(id) : items.put(id, next);
        if (old == null) {
            before.remove(id);
        } else {
            before.put(id, old);
        }
        return told(input, old);
    }

    private static Reply told(Map<String, Object> input, @Nullable Map<String, Object> old) {
        boolean tells = "ALL_OLD".equals(text(input, "ReturnValues"));
        return ok(tells && old != null ? Map.of("Attributes", old) : Map.of());
    }

    private Reply scan(String table) {
        List<Map<String, Object>> found = items.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(table + "/"))
                .map(Map.Entry::getValue)
                .toList();
        return ok(Map.of("Items", found));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
