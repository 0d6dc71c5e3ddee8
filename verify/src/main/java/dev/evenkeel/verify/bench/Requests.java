package dev.evenkeel.verify.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the requests for one target. All carry a signature of the right form with no secret behind it: DynamoDB Local and
 * its like accept any.
 */
final class Requests {
    /** The paper's items: names and values together (USENIX ATC 2022, section 7). */
    static final int ITEM_BYTES = 900;

    static final int BATCH_ITEMS = 25;
    static final int COLLECTION_ITEMS = 10;
    static final int TRANSACTION_ITEMS = 10;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** What a sort key adds to an item: its name and four digits. */
    private static final int SORT_KEY_BYTES = "sk".length() + 4;

    private final String headers;
    private final String fill;

    Requests(Target target, Instant now, long seed) {
        var stamp = STAMP.format(now);
        this.headers = "Host: " + target.host() + ":" + target.port() + "\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\n"
                + "X-Amz-Date: " + stamp + "\r\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=evenkeelbench/" + stamp.substring(0, 8)
                + "/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature="
                + "0123456789abcdef".repeat(4) + "\r\n";
        this.fill = fill(new SplittableRandom(seed));
    }

    private static String fill(SplittableRandom random) {
        int length = ITEM_BYTES
                - "pk".length()
                - RequestTemplate.KEY.length()
                - "data".length()
                - RequestTemplate.PAYLOAD.length();
        return random.ints(length, 0, LETTERS.length())
                .mapToObj(i -> String.valueOf(LETTERS.charAt(i)))
                .collect(Collectors.joining());
    }

    /** Any operation with a body that needs no patching. */
    RequestTemplate plain(String operation, String body) {
        return request(operation, body, ExpectedBody.ANY);
    }

    RequestTemplate put(String table) {
        return request("PutItem", "{\"TableName\":\"" + table + "\",\"Item\":" + item() + "}", ExpectedBody.ANY);
    }

    RequestTemplate get(String table, boolean consistent) {
        return request(
                "GetItem",
                "{\"TableName\":\"" + table + "\",\"Key\":" + key() + ",\"ConsistentRead\":" + consistent + "}",
                new ExpectedBody(ITEM_BYTES, false));
    }

    RequestTemplate query(String table, boolean consistent) {
        return request(
                "Query",
                "{\"TableName\":\"" + table + "\",\"KeyConditionExpression\":\"pk = :pk\","
                        + "\"ExpressionAttributeValues\":{\":pk\":{\"S\":\"" + RequestTemplate.KEY + "\"}},"
                        + "\"ConsistentRead\":" + consistent + "}",
                new ExpectedBody((long) COLLECTION_ITEMS * ITEM_BYTES, false));
    }

    RequestTemplate batchWrite(String table) {
        return batchWrite(table, Stream.generate(this::item).limit(BATCH_ITEMS));
    }

    /** Puts a whole collection: every key of the request is to be the same. */
    RequestTemplate collectionWrite(String table) {
        return batchWrite(table, IntStream.range(0, COLLECTION_ITEMS).mapToObj(this::collectionItem));
    }

    private RequestTemplate batchWrite(String table, Stream<String> items) {
        var puts = items.map(item -> "{\"PutRequest\":{\"Item\":" + item + "}}").collect(Collectors.joining(","));
        return request(
                "BatchWriteItem", "{\"RequestItems\":{\"" + table + "\":[" + puts + "]}}", new ExpectedBody(0, true));
    }

    RequestTemplate batchGet(String table, boolean consistent) {
        var keys = Stream.generate(Requests::key).limit(BATCH_ITEMS).collect(Collectors.joining(","));
        return request(
                "BatchGetItem",
                "{\"RequestItems\":{\"" + table + "\":{\"Keys\":[" + keys + "],\"ConsistentRead\":" + consistent
                        + "}}}",
                new ExpectedBody((long) BATCH_ITEMS * ITEM_BYTES, false));
    }

    /**
     * With a token, as the SDKs send it.
     *
     * @param tables of the items, one of each; a table may be named again
     */
    RequestTemplate transactWrite(List<String> tables) {
        var puts = tables.stream()
                .map(table -> "{\"Put\":{\"TableName\":\"" + table + "\",\"Item\":" + item() + "}}")
                .collect(Collectors.joining(","));
        return request(
                "TransactWriteItems",
                "{\"TransactItems\":[" + puts + "],\"ClientRequestToken\":\"" + RequestTemplate.PAYLOAD + "\"}",
                ExpectedBody.ANY);
    }

    /** @param tables of the items, one of each; a table may be named again */
    RequestTemplate transactGet(List<String> tables) {
        return transactGet(tables, (long) tables.size() * ITEM_BYTES);
    }

    /** @param bytesMin what the answer must hold at least; 0 when items may be missing */
    RequestTemplate transactGet(List<String> tables, long bytesMin) {
        var gets = tables.stream()
                .map(table -> "{\"Get\":{\"TableName\":\"" + table + "\",\"Key\":" + key() + "}}")
                .collect(Collectors.joining(","));
        return request("TransactGetItems", "{\"TransactItems\":[" + gets + "]}", new ExpectedBody(bytesMin, false));
    }

    private static String key() {
        return "{\"pk\":{\"S\":\"" + RequestTemplate.KEY + "\"}}";
    }

    private String item() {
        return "{\"pk\":{\"S\":\"" + RequestTemplate.KEY + "\"},\"data\":{\"S\":\"" + RequestTemplate.PAYLOAD + fill
                + "\"}}";
    }

    private String collectionItem(int number) {
        return "{\"pk\":{\"S\":\"" + RequestTemplate.KEY + "\"},\"sk\":{\"S\":\"" + String.format("%04d", number)
                + "\"},\"data\":{\"S\":\"" + RequestTemplate.PAYLOAD + fill.substring(SORT_KEY_BYTES) + "\"}}";
    }

    private RequestTemplate request(String operation, String body, ExpectedBody expected) {
        int length = body.getBytes(StandardCharsets.US_ASCII).length;
        return new RequestTemplate(
                "POST / HTTP/1.1\r\nX-Amz-Target: DynamoDB_20120810." + operation + "\r\n" + headers
                        + "Content-Length: " + length + "\r\n\r\n" + body,
                expected);
    }
}
