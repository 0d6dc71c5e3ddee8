package dev.evenkeel.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What the nodes of a cluster answer when they are asked for its status.
 *
 * @param newest of the answers, by the version of the catalog, and if possible that of the catalog's leader; empty when
 *     nobody answers
 * @param silent nodes that do not answer, with the reason
 */
record ClusterAnswers(Optional<Answer> newest, Map<String, String> silent) {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    record Answer(String json, ClusterStatus status) {}

    /** Asks all at once. */
    static ClusterAnswers ask(Map<String, URI> endpoints) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var asked = new LinkedHashMap<String, CompletableFuture<Answer>>();
            endpoints.forEach((node, endpoint) -> asked.put(node, ask(client, endpoint)));
            var answers = new ArrayList<Answer>();
            var silent = new LinkedHashMap<String, String>();
            asked.forEach((node, answer) -> {
                try {
                    answers.add(answer.join());
                } catch (CompletionException e) {
                    silent.put(node, reason(e));
                }
            });
            return new ClusterAnswers(newest(answers), silent);
        }
    }

    private static Optional<Answer> newest(List<Answer> answers) {
        return answers.stream()
                .max(Comparator.comparingLong((Answer answer) -> answer.status.version())
                        .thenComparing(answer -> answer.status.isOfCatalogLeader()));
    }

    private static CompletableFuture<Answer> ask(HttpClient client, URI endpoint) {
        var request = HttpRequest.newBuilder(endpoint.resolve("/cluster"))
                .timeout(PATIENCE)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .thenApply(ClusterAnswers::read);
    }

    private static Answer read(HttpResponse<String> response) {
        try {
            if (response.statusCode() == 200) {
                return new Answer(response.body(), ClusterStatusReader.read(response.body()));
            }
        } catch (IOException e) {
            throw new CompletionException("this is no status of a cluster", e);
        }
        throw new CompletionException("status " + response.statusCode(), null);
    }

    /** The JDK's client leaves out why there is no connection. */
    private static String reason(CompletionException e) {
        Throwable cause = e.getCause();
        return switch (cause) {
            case null -> String.valueOf(e.getMessage());
            case HttpTimeoutException _ -> "no answer in " + PATIENCE.toSeconds() + " s";
            case ConnectException _ -> "no connection";
            default -> String.valueOf(cause.getMessage());
        };
    }
}
