package dev.evenkeel.server.transfer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before an endpoint and has bad days: throttles, fails, breaks connections before and after a request was carried
 * out, damages answers, leaves half of a batch unprocessed, and, when told, goes away after so many requests.
 */
final class FlakyEndpoint implements AutoCloseable {
    private static final int PAGE_ITEMS = 20;
    private static final String THROTTLED =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
                    + "\"message\":\"The level of configured provisioned throughput for the table was exceeded.\"}";

    private final URI behind;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final SplittableRandom random;
    private final AtomicInteger requestsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int mischiefPercent;
    private volatile Runnable onRequest = () -> {};

    FlakyEndpoint(URI behind, long seed, int mischiefPercent) throws IOException {
        this.behind = behind;
        this.random = new SplittableRandom(seed);
        this.mischiefPercent = mischiefPercent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Carries out so many requests more; the rest are answered with an error of the service. */
    void goAwayAfter(int count) {
        requestsLeft.set(count);
    }

    void comeBack() {
        requestsLeft.set(Integer.MAX_VALUE);
    }

    /** What happens besides, before each request. */
    void onRequest(Runnable action) {
        onRequest = action;
    }

    int requests() {
        return requests.get();
    }

    private synchronized int dice() {
        return random.nextInt(100);
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = smallPages(exchange.getRequestBody().readAllBytes());
        requests.incrementAndGet();
        onRequest.run();
        try (exchange) {
            if (requestsLeft.getAndDecrement() <= 0) {
                answer(exchange, 503, "gone");
            } else if (dice() >= mischiefPercent) {
                forward(exchange, body, false);
            } else {
                mischief(exchange, body);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that tables need not be large to have several pages. */
    private static byte[] smallPages(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return text.contains("\"TotalSegments\"")
                ? text.replaceFirst("\\{", "{\"Limit\":" + PAGE_ITEMS + ",").getBytes(StandardCharsets.UTF_8)
                : body;
    }

    private void mischief(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        boolean isBatch = exchange.getRequestHeaders().getFirst("X-Amz-Target").endsWith("BatchWriteItem");
        switch (dice() % (isBatch ? 6 : 5)) {
            case 0 -> answer(exchange, 400, THROTTLED);
            case 1 -> answer(exchange, 500, "{\"__type\":\"InternalServerError\"}");
            case 2 -> exchange.close(); // nobody knows whether it was done
            case 3 -> {
                send(exchange, body);
                exchange.close();
            }
            case 4 -> forward(exchange, body, true);
            default -> forwardHalf(exchange, body);
        }
    }

    private void forward(HttpExchange exchange, byte[] body, boolean damaged) throws IOException, InterruptedException {
        var response = send(exchange, body);
        byte[] answer = response.body();
        if (damaged && answer.length > 0) {
            answer[answer.length / 2] ^= 1;
        }
        response.headers()
                .firstValue("x-amz-crc32")
                .ifPresent(crc -> exchange.getResponseHeaders().set("x-amz-crc32", crc));
        exchange.sendResponseHeaders(response.statusCode(), answer.length);
        exchange.getResponseBody().write(answer);
    }

    private HttpResponse<byte[]> send(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var headers = exchange.getRequestHeaders();
        var request = HttpRequest.newBuilder(behind.resolve("/")).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Content-Type", "X-Amz-Target", "Authorization", "X-Amz-Date")) {
            request.header(name, headers.getFirst(name));
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Carries out the first half of a batch and says so. */
    private void forwardHalf(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        JsonObject request = JsonObject.parse(body).object("RequestItems").orElseThrow();
        String table = request.toString().replaceAll("[\\[\\]]", "");
        List<byte[]> puts = request.elements(table);
        int half = puts.size() / 2;
        if (half > 0) {
            send(exchange, requests("RequestItems", table, puts.subList(0, half)));
        }
        answer(
                exchange,
                200,
                new String(
                        requests("UnprocessedItems", table, puts.subList(half, puts.size())), StandardCharsets.UTF_8));
    }

    private static byte[] requests(String member, String table, List<byte[]> puts) {
        String all = String.join(
                ",",
                puts.stream()
                        .map(put -> new String(put, StandardCharsets.UTF_8))
                        .toList());
        return ("{\"" + member + "\":{\"" + table + "\":[" + all + "]}}").getBytes(StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
        client.close();
    }
}
