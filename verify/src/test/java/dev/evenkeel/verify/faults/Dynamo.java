package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A client that sends JSON and looks at everything that comes back. */
final class Dynamo implements AutoCloseable {
    static final String AUTHORIZATION = "AWS4-HMAC-SHA256 Credential=faults/20261123/us-east-1/dynamodb/aws4_request, "
            + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64);

    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(60);

    /** What the server said; no answer at all is an IOException. */
    record Answer(int status, Map<String, Object> body) {
        boolean isOk() {
            return status == 200;
        }

        /** The error's name without its namespace, empty when there is none. */
        String error() {
            var type = body.getOrDefault("__type", "").toString();
            return type.substring(type.indexOf('#') + 1);
        }

        String message() {
            return body.getOrDefault("message", body.getOrDefault("Message", ""))
                    .toString();
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    Dynamo(URI uri) {
        this.uri = uri;
    }

    URI uri() {
        return uri;
    }

    Answer call(String operation, Map<String, ?> input) throws IOException {
        var request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_TIME_MAX)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20261123T000000Z")
                .header("Authorization", AUTHORIZATION)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(input)))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.object(response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The answer to a request that has to succeed. */
    Map<String, Object> ok(String operation, Map<String, ?> input) throws IOException {
        var answer = call(operation, input);
        if (!answer.isOk()) {
            throw new AssertionError(operation + " " + input + " was answered " + answer);
        }
        return answer.body();
    }

    /** All items of a table, or of one of its indexes, in pages; read consistently where that can be had. */
    List<Map<String, Object>> scan(String table, String index) throws IOException {
        var items = new ArrayList<Map<String, Object>>();
        boolean isConsistent = index.isEmpty() || index.equals(Tables.LOCAL_INDEX);
        var input = new HashMap<String, Object>(Map.of("TableName", table, "ConsistentRead", isConsistent));
        if (!index.isEmpty()) {
            input.put("IndexName", index);
        }
        while (true) {
            var page = ok("Scan", input);
            for (var item : Json.array(Objects.requireNonNull(page.get("Items")))) {
                items.add(Json.object(item));
            }
            var last = page.get("LastEvaluatedKey");
            if (last == null) {
                return items;
            }
            input.put("ExclusiveStartKey", last);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
