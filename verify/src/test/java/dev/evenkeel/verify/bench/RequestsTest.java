package dev.evenkeel.verify.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RequestsTest {
    private static final Tables TABLES = Tables.of("x", false);
    private static final Pattern KEY = Pattern.compile("user(\\d{12})");

    private static final Requests REQUESTS =
            new Requests(new Target("t", "localhost", 8000), Instant.parse("2026-11-23T01:02:03Z"), 1);

    private static String text(RequestTemplate template) {
        return StandardCharsets.US_ASCII.decode(template.bytes()).toString();
    }

    private static String body(RequestTemplate template) {
        var text = text(template);
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }

    @Test
    void requestIsWholeAndItsLengthRight() {
        var put = REQUESTS.put("tab");
        assertThat(text(put))
                .startsWith("POST / HTTP/1.1\r\n")
                .contains("\r\nHost: localhost:8000\r\n")
                .contains("\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\n")
                .contains("\r\nX-Amz-Date: 20261123T010203Z\r\n")
                .containsPattern(
                        "Authorization: AWS4-HMAC-SHA256 Credential=\\w+/20261123/us-east-1/dynamodb/aws4_request, "
                                + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}\r\n")
                .contains("\r\nContent-Length: " + body(put).length() + "\r\n");
    }

    @Test
    void itemsHave900Bytes() {
        assertThat(itemBytes(body(REQUESTS.put("tab")))).isEqualTo(900);
        assertThat(itemBytes(body(REQUESTS.collectionWrite("tab")))).isEqualTo(900);
    }

    /** Names and values of the first item. */
    private static int itemBytes(String body) {
        int start = body.indexOf("{\"pk\"");
        var item = body.substring(start, body.indexOf("}}", start));
        return Pattern.compile("\"([^\"]*)\"")
                .matcher(item)
                .results()
                .map(match -> match.group(1))
                .filter(text -> !text.equals("S"))
                .mapToInt(String::length)
                .sum();
    }

    @Test
    void patchingChangesKeyAndPayloadAndNothingElse() {
        var put = REQUESTS.put("tab");
        put.key(0, 42);
        put.payloads(1);
        var first = text(put);
        put.key(0, 123_456_789_012L);
        put.payloads(2);
        var second = text(put);
        assertThat(first).contains("\"user000000000042\"").hasSameSizeAs(second);
        assertThat(second).contains("\"user123456789012\"");
        assertThat(first.replaceAll("user\\d{12}", "").replaceAll("\"data\":\\{\"S\":\"[0-9a-f]{16}", ""))
                .isEqualTo(second.replaceAll("user\\d{12}", "").replaceAll("\"data\":\\{\"S\":\"[0-9a-f]{16}", ""));
    }

    @ParameterizedTest
    @EnumSource(Workload.class)
    void noRequestNamesAKeyTwice(Workload workload) {
        var keys = KeyChooser.of(KeyDistribution.ZIPFIAN, 30);
        var stream = new RequestStream(workload, REQUESTS, TABLES, keys, 30, new SplittableRandom(1));
        for (int i = 0; i < 200; i++) {
            var found = KEY.matcher(body(stream.next()))
                    .results()
                    .map(match -> Long.parseLong(match.group(1)))
                    .toList();
            assertThat(new HashSet<>(found)).hasSameSizeAs(found).isNotEmpty().allMatch(key -> key < 30);
        }
    }

    @Test
    void mixesReadsAndWrites() {
        var keys = KeyChooser.of(KeyDistribution.UNIFORM, 1000);
        var stream = new RequestStream(Workload.YCSB_B, REQUESTS, TABLES, keys, 1000, new SplittableRandom(1));
        int reads = 0;
        for (int i = 0; i < 10_000; i++) {
            reads += text(stream.next()).contains("GetItem") ? 1 : 0;
        }
        assertThat(reads).isBetween(9_400, 9_600);
    }

    @Test
    void answersThatDidNoWorkAreNotAccepted() {
        var read = new ExpectedBody(900, false);
        assertThat(read.accepts(200, 950, "{")).isTrue();
        assertThat(read.accepts(200, 2, "{}")).isFalse();
        assertThat(read.accepts(400, 950, "{")).isFalse();
        var batch = new ExpectedBody(0, true);
        assertThat(batch.accepts(200, 23, "{\"UnprocessedItems\":{}}")).isTrue();
        assertThat(batch.accepts(200, 25, "{ \"UnprocessedItems\" : {} }")).isTrue();
        assertThat(batch.accepts(200, 2, "{}")).isTrue();
        assertThat(batch.accepts(200, 40, "{\"UnprocessedItems\":{\"t\":[]}}")).isFalse();
    }

    @Test
    void targetsAreNamesAndPlainUrls() {
        assertThat(Target.parse("a=http://localhost:8000")).isEqualTo(new Target("a", "localhost", 8000));
        assertThat(Target.parse("a=http://example.org/")).isEqualTo(new Target("a", "example.org", 80));
        for (var bad :
                new String[] {"http://localhost:8000", "a=localhost:8000", "a=https://x", "=http://x", "a=h t"}) {
            assertThatThrownBy(() -> Target.parse(bad)).as(bad).isInstanceOf(BenchException.class);
        }
    }
}
