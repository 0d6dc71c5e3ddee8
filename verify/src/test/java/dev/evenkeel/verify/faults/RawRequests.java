package dev.evenkeel.verify.faults;

import dev.evenkeel.verify.gameday.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Requests as bytes, good ones and what becomes of them by mutation. */
final class RawRequests {
    private record Sample(String operation, String body) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "PutItem",
                    Json.write(Tables.put("Mutated", Map.of("pk", Tables.string("a"), "n", Tables.number(1))))),
            new Sample("GetItem", Json.write(Tables.keyed("Mutated", "a"))),
            new Sample(
                    "UpdateItem",
                    "{\"TableName\":\"Mutated\",\"Key\":{\"pk\":{\"S\":\"a\"}},\"UpdateExpression\":\"SET #n = if_not_exists(n, :one) + :one, l[0].x = :one REMOVE o ADD p :one DELETE s :ss\",\"ConditionExpression\":\"attribute_exists(pk) AND NOT (size(n) > :one OR contains(l, :one))\",\"ExpressionAttributeNames\":{\"#n\":\"n\"},\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1e3\"},\":ss\":{\"SS\":[\"x\",\"y\"]}},\"ReturnValues\":\"ALL_NEW\"}"),
            new Sample(
                    "Query",
                    "{\"TableName\":\"Mutated\",\"KeyConditionExpression\":\"pk = :a\",\"FilterExpression\":\"n BETWEEN :a AND :a OR begins_with(pk, :a)\",\"ExpressionAttributeValues\":{\":a\":{\"S\":\"a\"}},\"Limit\":3,\"ExclusiveStartKey\":{\"pk\":{\"S\":\"a\"}}}"),
            new Sample(
                    "Scan",
                    "{\"TableName\":\"Mutated\",\"Segment\":1,\"TotalSegments\":4,\"ProjectionExpression\":\"a.b[1],c\"}"),
            new Sample(
                    "BatchWriteItem",
                    "{\"RequestItems\":{\"Mutated\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"b\"},\"m\":{\"M\":{\"x\":{\"L\":[{\"BOOL\":true},{\"NULL\":true},{\"B\":\"AAEC\"},{\"NS\":[\"1\",\"2\"]}]}}}}}},{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"c\"}}}}]}}"),
            new Sample("CreateTable", Json.write(Tables.indexed("Mutated2"))),
            new Sample("ListTables", "{\"Limit\":5}"));

    /** Pieces that hurt where they do not belong. */
    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "1e999",
            "9999999999999999999999",
            "\"S\"",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "\r\n",
            "Content-Length: 5\r\n",
            "{\"N\":\"\"}",
            "#",
            ":one",
            "((",
            "[0]");

    private RawRequests() {}

    static byte[] request(String operation, byte[] body, String... headers) {
        var head = new StringBuilder("POST / HTTP/1.1\r\nHost: localhost\r\n")
                .append("Content-Type: application/x-amz-json-1.0\r\n")
                .append("X-Amz-Target: DynamoDB_20120810.")
                .append(operation)
                .append("\r\n")
                .append("X-Amz-Date: 20261123T000000Z\r\n")
                .append("Authorization: ")
                .append(Dynamo.AUTHORIZATION)
                .append("\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    static byte[] request(String operation, String body, String... headers) {
        return request(operation, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Noise, a request whose bytes are mutated, or one whose body is, in about equal parts; sometimes several. */
    static byte[] hostile(SplittableRandom random) {
        var all = new ByteArrayOutputStream();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            all.writeBytes(hostileOne(random));
        }
        return all.toByteArray();
    }

    private static byte[] hostileOne(SplittableRandom random) {
        var sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
        return switch (random.nextInt(5)) {
            case 0 -> {
                byte[] noise = new byte[random.nextInt(400)];
                random.nextBytes(noise);
                yield noise;
            }
            case 1 -> mutated(random, request(sample.operation(), sample.body()));
            default -> request(sample.operation(), mutated(random, sample.body().getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static byte[] mutated(SplittableRandom random, byte[] original) {
        var bytes = original;
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
            bytes = mutatedOnce(random, bytes);
        }
        return bytes;
    }

    private static byte[] mutatedOnce(SplittableRandom random, byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = from + random.nextInt(Math.min(40, bytes.length - from) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> spliced(bytes, from, from + 1, new byte[] {(byte) random.nextInt(256)});
            case 1 -> spliced(bytes, from, to, new byte[0]);
            case 2 -> spliced(bytes, to, to, Arrays.copyOfRange(bytes, from, to));
            case 3 -> Arrays.copyOf(bytes, from);
            default ->
                spliced(
                        bytes,
                        from,
                        from,
                        PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8));
        };
    }

    /** The bytes with those from one place to another replaced. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte[] replacement) {
        var all = new ByteArrayOutputStream(bytes.length + replacement.length);
        all.write(bytes, 0, from);
        all.writeBytes(replacement);
        all.write(bytes, to, bytes.length - to);
        return all.toByteArray();
    }
}
