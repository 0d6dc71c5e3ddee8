package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Clients, courses and items for tests of transfers. */
final class TransferBed {
    static final String TABLE = "orders";

    /** With a local and a global index, so that all that travels is there. */
    static final String CREATE = "{\"TableName\":\"orders\",\"AttributeDefinitions\":["
            + "{\"AttributeName\":\"id\",\"AttributeType\":\"N\"},{\"AttributeName\":\"part\",\"AttributeType\":\"B\"},"
            + "{\"AttributeName\":\"state\",\"AttributeType\":\"S\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},{\"AttributeName\":\"part\",\"KeyType\":\"RANGE\"}],"
            + "\"BillingMode\":\"PAY_PER_REQUEST\","
            + "\"LocalSecondaryIndexes\":[{\"IndexName\":\"by-state\",\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"},"
            + "{\"AttributeName\":\"state\",\"KeyType\":\"RANGE\"}],\"Projection\":{\"ProjectionType\":\"KEYS_ONLY\"}}],"
            + "\"GlobalSecondaryIndexes\":[{\"IndexName\":\"all-states\",\"KeySchema\":[{\"AttributeName\":\"state\",\"KeyType\":\"HASH\"}],"
            + "\"Projection\":{\"ProjectionType\":\"INCLUDE\",\"NonKeyAttributes\":[\"a\",\"b\"]}}]}";

    private TransferBed() {}

    static DynamoClient client(URI endpoint, StopSignal stop, Duration patience) {
        var signer = new SigV4Signer(AwsCredentials.ANY, "us-east-1", "dynamodb");
        var waits = new BackOff.Waits(Duration.ofNanos(100_000), Duration.ofMillis(2), patience);
        return new DynamoClient(endpoint, signer, waits, Ticker.system(), stop);
    }

    static DynamoClient client(URI endpoint) {
        return client(endpoint, new StopSignal(), Duration.ofMinutes(1));
    }

    /** Writes its state after each page. */
    static Course course(StopSignal stop) {
        return new Course(new PrintWriter(new StringWriter()), true, 4, Ticker.system(), stop, Duration.ZERO);
    }

    static Course course() {
        return course(new StopSignal());
    }

    static String keyOf(int number) {
        return "\"id\":{\"N\":\"" + number % 17 + "\"},\"part\":{\"B\":\"" + base64(Integer.toString(number)) + "\"}";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String line(String item) {
        return "{\"Item\":" + item + "}\n";
    }

    /** An item with attributes of any types. */
    static String randomItem(int number, SplittableRandom random) {
        var item = new StringBuilder("{").append(keyOf(number));
        item.append(",\"state\":{\"S\":\"")
                .append(random.nextBoolean() ? "new" : "sent")
                .append("\"}");
        for (int i = random.nextInt(6); i > 0; i--) {
            item.append(",\"a").append(i).append("\":").append(randomValue(random, 3));
        }
        return item.append('}').toString();
    }

    private static String one(SplittableRandom random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String number(SplittableRandom random) {
        return one(
                random,
                "0",
                "-0.0",
                "1E+125",
                "9.9999999999999999999999999999999999999E+125",
                "-1E-130",
                "0.000000000000000000000000000000000000012345",
                "12345678901234567890123456789012345678",
                "007",
                "1.50",
                Long.toString(random.nextLong()));
    }

    private static String text(SplittableRandom random) {
        return one(random, "", "é日本😀", "\\u0000\\u001f", "\\ud83d\\ude00", "a\\tb\\nc", "\\\"quoted\\\\\\/", "plain");
    }

    private static String binary(SplittableRandom random) {
        return one(random, "", "AA==", "/+8=", base64("any bytes " + random.nextInt(5)));
    }

    private static String randomValue(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth > 0 ? 10 : 8)) {
            case 0 -> "{\"S\":\"" + text(random) + "\"}";
            case 1 -> "{\"N\":\"" + number(random) + "\"}";
            case 2 -> "{\"B\":\"" + binary(random) + "\"}";
            case 3 -> "{\"BOOL\":" + random.nextBoolean() + "}";
            case 4 -> "{\"NULL\":true}";
            case 5 -> "{\"SS\":[\"" + text(random) + "\",\"other\"]}";
            case 6 -> "{\"NS\":[\"" + number(random) + "\",\"42.5\"]}";
            case 7 -> "{\"BS\":[\"" + binary(random) + "\",\"b3RoZXI=\"]}";
            case 8 -> random.nextInt(4) == 0 ? "{\"L\":[]}" : "{\"L\":[" + randomValue(random, depth - 1) + "]}";
            default ->
                random.nextInt(4) == 0
                        ? "{\"M\":{}}"
                        : "{\"M\":{\"" + "k.ey\":" + randomValue(random, depth - 1) + "}}";
        };
    }

    /** What a table has, by the key as it is written. */
    static Map<String, String> items(DynamoClient client, String table) throws IOException {
        var items = new TreeMap<String, String>();
        String start = "";
        do {
            JsonObject page =
                    client.call("Scan", "{\"TableName\":\"" + table + "\",\"ConsistentRead\":true" + start + "}");
            for (byte[] item : page.elements("Items")) {
                JsonObject attributes = JsonObject.parse(item);
                String key = text(attributes, "id") + text(attributes, "part");
                if (items.put(key, new String(item, StandardCharsets.UTF_8)) != null) {
                    throw new AssertionError("twice: " + key);
                }
            }
            start = page.raw("LastEvaluatedKey")
                    .map(key -> ",\"ExclusiveStartKey\":" + new String(key, StandardCharsets.UTF_8))
                    .orElse("");
        } while (!start.isEmpty());
        return items;
    }

    static String text(JsonObject object, String name) {
        return new String(object.raw(name).orElseThrow(), StandardCharsets.UTF_8);
    }

    /** Without what differs between two tables that are alike. */
    static String schema(DynamoClient client, String table) {
        return new EndpointTables(client).existing(table).table().createTable();
    }
}
