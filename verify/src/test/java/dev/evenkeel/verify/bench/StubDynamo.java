package dev.evenkeel.verify.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Just enough of an endpoint for the benchmark's client: remembers tables and counts requests by operation. */
final class StubDynamo implements AutoCloseable {
    private static final Pattern TABLE = Pattern.compile("\"TableName\":\"([^\"]+)\"");
    private static final String ITEM = "x".repeat(1000);

    private final HttpServer server;
    private final Set<String> tables = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();

    StubDynamo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        var operation = target.substring(target.indexOf('.') + 1);
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        counts.computeIfAbsent(operation, _ -> new AtomicInteger()).incrementAndGet();
        var answer = answer(operation, body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private String answer(String operation, String body) {
        return switch (operation) {
            case "CreateTable" -> {
                tables.add(table(body));
                yield "{}";
            }
            case "DeleteTable" -> {
                tables.remove(table(body));
                yield "{}";
            }
            case "DescribeTable" -> "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}";
            case "GetItem" -> ITEM;
            case "Query" -> ITEM.repeat(Requests.COLLECTION_ITEMS);
            case "BatchGetItem" -> ITEM.repeat(Requests.BATCH_ITEMS);
            default -> "{\"UnprocessedItems\":{}}";
        };
    }

    private static String table(String body) {
        var matcher = TABLE.matcher(body);
        return matcher.find() ? matcher.group(1) : "";
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    Set<String> tables() {
        return tables;
    }

    int count(String operation) {
        return counts.getOrDefault(operation, new AtomicInteger()).get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
