package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/**
 * Sends requests to one endpoint, and again what was throttled, not answered, or answered with an error of the service.
 * Only for requests that may be carried out twice. Safe for any thread.
 */
public final class DynamoClient implements AutoCloseable {
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);
    private static final String JSON = "application/x-amz-json-1.0";
    private static final int SERVICE_ERRORS = 500;
    private static final int TOO_MANY_REQUESTS = 429;

    /** Errors with a status of 400 that pass ("Error handling with DynamoDB", Developer Guide). */
    private static final Set<String> PASSING = Set.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "Throttling",
            "RequestLimitExceeded",
            "LimitExceededException",
            "TransactionInProgressException",
            "InternalServerError");

    private final URI endpoint;
    private final SigV4Signer signer;
    private final BackOff.Waits waits;
    private final Ticker ticker;
    private final StopSignal stop;
    private final HttpClient http;

    DynamoClient(URI endpoint, SigV4Signer signer, BackOff.Waits waits, Ticker ticker, StopSignal stop) {
        this.endpoint = endpoint;
        this.signer = signer;
        this.waits = waits;
        this.ticker = ticker;
        this.stop = stop;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_PATIENCE)
                .build();
    }

    URI endpoint() {
        return endpoint;
    }

    /** Waits for attempts at something that takes several requests. */
    BackOff backOff() {
        return new BackOff(waits, ticker, RandomGenerator.getDefault(), stop);
    }

    JsonObject call(String operation, String body) {
        return call(operation, body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Sends a request until it is answered.
     *
     * @throws RefusedException when the endpoint does not do it, and would not the next time
     * @throws TransferException when it was tried for long enough
     */
    JsonObject call(String operation, byte[] body) {
        BackOff backOff = backOff();
        while (true) {
            String failure;
            try {
                return send(operation, body);
            } catch (PassingException e) {
                failure = String.valueOf(e.getMessage());
            } catch (IOException e) {
                failure = "no answer (" + reason(e) + ")";
            }
            backOff.pause(operation + " at " + endpoint + ": " + failure);
        }
    }

    /** What may be otherwise the next time. */
    private static final class PassingException extends Exception {
        private static final long serialVersionUID = 1;

        PassingException(String message) {
            super(message, null, false, false);
        }
    }

    private JsonObject send(String operation, byte[] body) throws IOException, PassingException {
        HttpResponse<byte[]> response;
        try {
            response = http.send(request(operation, body), BodyHandlers.ofByteArray());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new StopSignal.StoppedException();
        }
        checkWhole(response);
        if (response.statusCode() == 200) {
            return JsonObject.parse(response.body());
        }
        throw failure(response);
    }

    private HttpRequest request(String operation, byte[] body) {
        var headers = new HashMap<>(Map.of("content-type", JSON, "x-amz-target", "DynamoDB_20120810." + operation));
        headers.putAll(signer.sign("POST", host(), headers, body, ticker.now()));
        var request = HttpRequest.newBuilder(endpoint.resolve("/"))
                .timeout(ANSWER_PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return request.build();
    }

    /** As the JDK's client writes it. */
    private String host() {
        int usual = "https".equals(endpoint.getScheme()) ? 443 : 80;
        int port = endpoint.getPort();
        return port < 0 || port == usual ? endpoint.getHost() : endpoint.getHost() + ":" + port;
    }

    /** DynamoDB sends a checksum of each answer. */
    private static void checkWhole(HttpResponse<byte[]> response) throws IOException {
        Optional<String> expected = response.headers().firstValue("x-amz-crc32");
        if (expected.isPresent()) {
            var crc = new CRC32();
            crc.update(response.body());
            if (!expected.get().equals(Long.toString(crc.getValue()))) {
                throw new IOException("the answer was damaged on the way");
            }
        }
    }

    /** An exception to throw: refusals are thrown from here. */
    private PassingException failure(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String type = "";
        String message = "status " + status;
        try {
            JsonObject error = JsonObject.parse(response.body());
            type = error.text("__type").orElse("");
            type = type.substring(type.lastIndexOf('#') + 1);
            message = type + ": "
                    + error.text("message").or(() -> capitalised(error)).orElse(message);
        } catch (IOException _) {
            // no JSON: the status must do
        }
        if (status >= SERVICE_ERRORS || status == TOO_MANY_REQUESTS || PASSING.contains(type)) {
            return new PassingException(message);
        }
        throw new RefusedException(type, message);
    }

    /** Some errors come with their message under another name. */
    private static Optional<String> capitalised(JsonObject error) {
        try {
            return error.text("Message");
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** The JDK's client leaves out why there is no connection. */
    private static String reason(IOException e) {
        return switch (e) {
            case HttpTimeoutException _ -> "timeout";
            case ConnectException _ when e.getCause() instanceof UnknownHostException -> "unknown host";
            case ConnectException _ -> "no connection";
            default -> Objects.requireNonNullElse(e.getMessage(), e.toString());
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
