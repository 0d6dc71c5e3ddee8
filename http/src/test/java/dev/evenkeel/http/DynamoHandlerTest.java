package dev.evenkeel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.Operation;
import dev.evenkeel.api.shape.ListTablesInput;
import dev.evenkeel.api.shape.ListTablesOutput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol around the operations. Expected bodies and checksums were recorded from AWS by dynalite's authors. */
class DynamoHandlerTest {
    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=f";
    private static final String TARGET = "DynamoDB_20120810.ListTables";
    private static final Map<String, String> ALL_IN_ORDER = Map.of(
            "content-type",
            "application/x-amz-json-1.0",
            "x-amz-target",
            TARGET,
            "authorization",
            SIGNED,
            "x-amz-date",
            "20261123T000000Z");

    private final DynamoHandler handler = new DynamoHandler("eu-west-3", new ListTablesOnly());

    /** Answers ListTables with the start name it was given. */
    private static final class ListTablesOnly implements DynamoHandler.Executor {
        @Override
        @SuppressWarnings("unchecked") // there is one instance of each operation, so this is ListTables' own output
        public <I, O> O execute(Operation<I, O> operation, I input) {
            operation.validate(input);
            String start = String.valueOf(((ListTablesInput) input).exclusiveStartTableName());
            return switch (start) {
                case "crash" -> throw new IllegalStateException("a secret of ours");
                case "overflow" -> throw new StackOverflowError();
                case "missing" -> throw DynamoException.resourceNotFound();
                case "unavailable" -> throw new DynamoException(ErrorCode.SERVICE_UNAVAILABLE, "try again");
                default -> (O) new ListTablesOutput(List.of(start), null);
            };
        }
    }

    private static Map<String, String> with(Map<String, String> headers, String... changes) {
        var changed = new TreeMap<>(headers);
        for (int i = 0; i < changes.length; i += 2) {
            changed.put(changes[i], changes[i + 1]);
        }
        return changed;
    }

    private static Map<String, String> without(Map<String, String> headers, String... names) {
        var changed = new TreeMap<>(headers);
        changed.keySet().removeAll(Arrays.asList(names));
        return changed;
    }

    private HttpAnswer send(String method, String target, Map<String, String> headers, byte[] body) {
        return handler.handle(new HttpCall(method, target, name -> headers.get(name.toString()), body));
    }

    private HttpAnswer post(Map<String, String> headers, String body) {
        return send("POST", "/", headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(HttpAnswer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(HttpAnswer answer) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < answer.headers().size(); i += 2) {
            headers.put(answer.headers().get(i), answer.headers().get(i + 1));
        }
        return headers;
    }

    private static void assertAnswer(HttpAnswer answer, int status, String body) {
        assertThat(text(answer)).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
        var crc = new CRC32();
        crc.update(answer.body());
        assertThat(headers(answer)).containsEntry("x-amz-crc32", Long.toString(crc.getValue()));
        assertThat(headers(answer).get("x-amzn-RequestId")).matches("[0-9A-Z]{52}");
    }

    private static void assertChecksum(HttpAnswer answer, String crc) {
        assertThat(headers(answer)).containsEntry("x-amz-crc32", crc);
    }

    @Test
    void operationIsReadCarriedOutAndWritten() {
        var answer = post(ALL_IN_ORDER, "{\"ExclusiveStartTableName\":\"here\"}");
        assertAnswer(answer, 200, "{\"TableNames\":[\"here\"]}");
        assertThat(headers(answer)).containsEntry("Content-Type", "application/x-amz-json-1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-amz-json-1.0, application/x-amz-json-1.0",
        "application/x-amz-json-1.0;blahblah, application/x-amz-json-1.0",
        "application/json, application/json",
        "application/json;charset=utf-8, application/json",
        "' application/json  ;  x', application/json",
    })
    void answersInTheTypeThatWasAskedIn(String asked, String answered) {
        var answer = post(with(ALL_IN_ORDER, "content-type", asked), "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(headers(answer)).containsEntry("Content-Type", answered);
    }

    @Test
    void requestIdsDiffer() {
        var ids = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            ids.add(headers(post(ALL_IN_ORDER, "{}")).get("x-amzn-RequestId"));
        }
        assertThat(ids).hasSize(10_000);
    }

    @Test
    void healthNamesTheRegion() {
        var answer = send("GET", "/", Map.of(), new byte[0]);
        assertAnswer(answer, 200, "healthy: dynamodb.eu-west-3.amazonaws.com ");
        var virginia = new DynamoHandler("us-east-1", new ListTablesOnly());
        assertChecksum(virginia.handle(new HttpCall("GET", "/", _ -> null, new byte[0])), "3128867991");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"})
    void otherMethodsAreNotFound(String method) {
        var answer = send(method, "/", Map.of(), new byte[0]);
        assertAnswer(answer, 404, "<UnknownOperationException/>\n");
        assertChecksum(answer, "3552371480");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whatever", "application/x-amz-json-1.1", "application/jsonasdf", ""})
    void bodiesOfOtherTypesAreNotFound(String contentType) {
        assertAnswer(post(Map.of("content-type", contentType), "hi"), 404, "<UnknownOperationException/>\n");
    }

    @Test
    void bodyWithoutTypeIsNotFound() {
        assertAnswer(post(Map.of(), "hi"), 404, "<UnknownOperationException/>\n");
    }

    @Test
    void brokenJsonIsToldBeforeAnythingElse() {
        var answer = post(Map.of("content-type", "application/json"), "hi");
        assertAnswer(answer, 400, "{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
        assertChecksum(answer, "3948637019");
        for (String broken : List.of("{", "{}x", "{\"a\":}", "\"", "[1,", "\u0000")) {
            assertThat(text(post(ALL_IN_ORDER, broken))).contains("SerializationException");
            assertThat(text(post(without(ALL_IN_ORDER, "authorization"), broken)))
                    .contains("SerializationException");
        }
    }

    @Test
    void emptyBodyOfASignedRequestIsNoJson() {
        assertAnswer(post(ALL_IN_ORDER, ""), 400, "{\"__type\":\"com.amazon.coral.service#SerializationException\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whatever",
                "DynamoDB_20120810",
                "DynamoDB_20120810.",
                "DynamoDB_20120810.ListTable",
                "DynamoDB_20120810.ListTables.x",
                "DynamoDB_20111205.ListTables",
                "DynamoDB_20120810.ListStreams",
                "DynamoDBStreams_20120810.ListTables",
                "DynamoDBStreams_20120810.",
            })
    void unknownTargetsAreUnknownOperations(String target) {
        var answer = post(with(without(ALL_IN_ORDER, "authorization"), "x-amz-target", target), "{}");
        assertAnswer(answer, 400, "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
        assertChecksum(answer, "1368724161");
    }

    @Test
    void missingTargetIsAnUnknownOperation() {
        var answer = post(Map.of(), "");
        assertAnswer(answer, 400, "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
        assertThat(headers(answer)).containsEntry("Content-Type", "application/json");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"/, none", "/, AWS4", "/?X-Amz-Algorith, X", "/?X-Amz-Date=d, none"})
    void requestWithoutSignatureIsMissingItsToken(String target, String authorization) {
        var headers = new TreeMap<>(Map.of("x-amz-target", TARGET));
        if (authorization != null) {
            headers.put("authorization", authorization);
        }
        var answer = send("POST", target, headers, new byte[0]);
        assertAnswer(
                answer,
                400,
                "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                        + "\"message\":\"Request is missing Authentication Token\"}");
        assertChecksum(answer, "2088342776");
    }

    @Test
    void signatureInBothPlacesIsInvalid() {
        var headers = Map.of("x-amz-target", TARGET, "authorization", "X");
        assertChecksum(send("POST", "/?X-Amz-Algorithm", headers, new byte[0]), "2139606068");
    }

    @ParameterizedTest
    @CsvSource({
        "'AWS4- Signature=b Credential=a', 15336762",
        "'AWS4- Signature=b,Credential=a', 1159703774",
        "'AWS4- Signature=b, Credential=a', 164353342",
    })
    void missingPartsOfTheHeaderAreListed(String authorization, String crc) {
        var headers = Map.of("x-amz-target", TARGET, "authorization", authorization, "date", "a");
        var answer = send("POST", "/", headers, new byte[0]);
        assertThat(text(answer)).contains("'SignedHeaders' parameter. Authorization=" + authorization);
        assertChecksum(answer, crc);
    }

    @Test
    void everyMissingPartOfTheHeaderIsListed() {
        var headers = Map.of("x-amz-target", TARGET, "authorization", "AWS4-");
        assertChecksum(send("POST", "/", headers, new byte[0]), "1828866742");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWS4-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=f",
                "AWS4-HMAC-SHA256 Credential,SignedHeaders=host,Signature=f",
                "AWS4-HMAC-SHA256 XCredential=a,SignedHeaders=host,Signature=f",
                "AWS4-HMAC-SHA256 SignedHeaders=host,Signature=f,Credential=",
            })
    void partWithoutValueIsMissing(String authorization) {
        assertThat(text(post(with(ALL_IN_ORDER, "authorization", authorization), "{}")))
                .contains("Authorization header requires 'Credential' parameter. Authorization=");
    }

    @ParameterizedTest
    @CsvSource({
        "/?X-Amz-Algorithm, 2900502663",
        "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d, 3712057481",
    })
    void missingPartsOfTheQueryAreListed(String target, String crc) {
        assertChecksum(send("POST", target, Map.of("x-amz-target", TARGET), new byte[0]), crc);
    }

    @Test
    void signatureMayBeInTheQuery() {
        String query = "/?X-Amz-Algorithm=a&X-Amz-Credential=b&X-Amz-Signature=c&X-Amz-Date=d&X-Amz-SignedHeaders=e";
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        assertThat(send("POST", query, without(ALL_IN_ORDER, "authorization"), body)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void preflightAllowsWhatIsAsked() {
        var asked = Map.of(
                "origin", "whatever",
                "access-control-request-headers", "a, b, c",
                "access-control-request-method", "d");
        var answer = send("OPTIONS", "/", asked, new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(headers(answer))
                .containsEntry("access-control-allow-origin", "*")
                .containsEntry("access-control-allow-headers", "a, b, c")
                .containsEntry("access-control-allow-methods", "d")
                .containsEntry("access-control-max-age", "172800");
    }

    @Test
    void answersToPagesCarryCorsHeadersToo() {
        assertThat(headers(post(with(ALL_IN_ORDER, "origin", "https://example.com"), "{}")))
                .containsEntry("access-control-allow-origin", "*");
        assertThat(headers(post(Map.of("origin", "x"), ""))).containsEntry("access-control-allow-origin", "*");
        assertThat(headers(post(ALL_IN_ORDER, "{}"))).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void failuresOfTheOperationHaveTheirEnvelope() {
        assertAnswer(
                post(ALL_IN_ORDER, "{\"ExclusiveStartTableName\":\"missing\"}"),
                400,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                        + "\"message\":\"Requested resource not found\"}");
        assertThat(post(ALL_IN_ORDER, "{\"ExclusiveStartTableName\":\"unavailable\"}")
                        .status())
                .isEqualTo(503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crash", "overflow"})
    void ourOwnMistakesAreInternalErrorsThatTellNothing(String start) {
        assertAnswer(
                post(ALL_IN_ORDER, "{\"ExclusiveStartTableName\":\"" + start + "\"}"),
                500,
                "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                        + "\"message\":\"Internal server error\"}");
    }

    @Test
    void compressedBodiesAreRead() throws IOException {
        byte[] plain = "{\"ExclusiveStartTableName\":\"packed\"}".getBytes(StandardCharsets.UTF_8);
        var gzip = new ByteArrayOutputStream();
        write(new GZIPOutputStream(gzip), plain);
        var deflate = new ByteArrayOutputStream();
        write(new DeflaterOutputStream(deflate), plain);
        for (var body : Map.of("gzip", gzip, "GZIP", gzip, "deflate", deflate).entrySet()) {
            var headers = with(ALL_IN_ORDER, "content-encoding", body.getKey());
            assertAnswer(
                    send("POST", "/", headers, body.getValue().toByteArray()), 200, "{\"TableNames\":[\"packed\"]}");
        }
        assertThat(send("POST", "/", with(ALL_IN_ORDER, "content-encoding", "identity"), plain)
                        .status())
                .isEqualTo(200);
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        try (out) {
            out.write(bytes);
        }
    }

    @Test
    void brokenCompressionIsASerializationError() throws IOException {
        var packed = new ByteArrayOutputStream();
        write(
                new GZIPOutputStream(packed),
                "{\"ExclusiveStartTableName\":\"packed\"}".getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() - 12);
        var headers = with(ALL_IN_ORDER, "content-encoding", "gzip");
        for (byte[] broken : List.of(cut, "{}".getBytes(StandardCharsets.UTF_8))) {
            assertThat(text(send("POST", "/", headers, broken))).contains("SerializationException");
        }
    }

    @Test
    void bombsAreNotUnpacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        write(new GZIPOutputStream(packed), new byte[HttpServerOptions.DYNAMO_BODY_BYTES_MAX + 1]);
        assertThat(packed.size()).isLessThan(100_000);
        var headers = with(ALL_IN_ORDER, "content-encoding", "gzip");
        assertThat(send("POST", "/", headers, packed.toByteArray()).status()).isEqualTo(413);
    }

    /** Whatever bytes come, there is an answer, and it is never our own failure. */
    @Test
    void anyBytesGetAnAnswer() {
        var random = new java.util.Random(20261123);
        byte[] sample = "{\"ExclusiveStartTableName\":\"abc\",\"Limit\":12}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = sample.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            body = Arrays.copyOf(body, random.nextInt(body.length) + 1);
            assertThat(send("POST", "/", ALL_IN_ORDER, body).status()).isIn(200, 400);
        }
    }
}
