package dev.evenkeel.verify.model;

import dev.evenkeel.verify.gameday.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Bare JSON over HTTP, as a client without an SDK would send it. */
final class HttpEndpoint implements Endpoint {
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=model/20261123/us-east-1/dynamodb/aws4_request, "
                    + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI uri;

    HttpEndpoint(URI uri) {
        this.uri = uri;
    }

    @Override
    public Reply call(String operation, Map<String, Object> body) {
        var request = HttpRequest.newBuilder(uri)
                .timeout(ANSWER_TIME_MAX)
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "DynamoDB_20120810." + operation)
                .header("X-Amz-Date", "20261123T000000Z")
                .header("Authorization", AUTHORIZATION)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            var tree = Wire.parse(response.body());
            return response.statusCode() == 200 ? new Reply("", tree) : new Reply(errorName(tree), tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String errorName(Map<String, Object> tree) {
        var type = (String) tree.getOrDefault("__type", "no __type");
        return type.substring(type.indexOf('#') + 1);
    }

    @Override
    public void close() {
        client.close();
    }
}
