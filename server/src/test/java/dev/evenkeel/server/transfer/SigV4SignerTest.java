package dev.evenkeel.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4SignerTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final Instant MOMENT = Instant.parse("2015-08-30T12:36:00Z");
    private static final String SESSION_TOKEN = "AQoDYXdzEPT//////////wEXAMPLE";

    /** From AWS's published Signature Version 4 test suite, the cases without a query or a path. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, -, -, -, host;x-amz-date, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "POST, -, -, -, host;x-amz-date, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
                "POST, My-Header1, value1, -, host;my-header1;x-amz-date, "
                        + "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
                "POST, My-Header1, VALUE1, -, host;my-header1;x-amz-date, "
                        + "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d",
                "POST, Content-Type, application/x-www-form-urlencoded, Param1=value1, content-type;host;x-amz-date, "
                        + "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
            })
    void signsAsThePublishedSuiteDoes(
            String method, String header, String value, String body, String names, String signature) {
        var signer = new SigV4Signer(new AwsCredentials("AKIDEXAMPLE", SECRET, null), "us-east-1", "service");
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = header == null ? Map.of() : Map.of(header, value);
        assertThat(signer.sign(method, "example.amazonaws.com", headers, bytes, MOMENT))
                .containsEntry("x-amz-date", "20150830T123600Z")
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                                + names + ", Signature=" + signature);
    }

    @Test
    void signsAsTheSdkDoes() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            String token = random.nextBoolean() ? SESSION_TOKEN : null;
            String region = random.nextBoolean() ? "eu-west-1" : "us-gov-west-1";
            var now = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
            var headers = Map.of(
                    "content-type",
                    "application/x-amz-json-1.0",
                    "x-amz-target",
                    "T  " + seed,
                    "x-amz-content-sha256",
                    SigV4Signer.sha256(body)); // the SDK signs it, too
            var signer = new SigV4Signer(new AwsCredentials("AKID" + seed, SECRET, token), region, "dynamodb");
            var ours = signer.sign("POST", "localhost:8000", headers, body, now);
            assertThat(ours)
                    .as("seed %s", seed)
                    .containsEntry(
                            "authorization", bySdk(signer, headers, body, now).get("Authorization"));
        }
    }

    private static Map<String, String> bySdk(
            SigV4Signer signer, Map<String, String> headers, byte[] body, Instant now) {
        var request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(URI.create("http://localhost:8000/"));
        headers.forEach(request::putHeader);
        String token = signer.credentials().sessionToken();
        AwsCredentialsIdentity identity = token == null
                ? AwsCredentialsIdentity.create(signer.credentials().accessKeyId(), SECRET)
                : AwsSessionCredentialsIdentity.create(signer.credentials().accessKeyId(), SECRET, token);
        var signed = AwsV4HttpSigner.create()
                .sign(call -> call.identity(identity)
                        .request(request.build())
                        .payload(() -> new ByteArrayInputStream(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signer.region())
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)));
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        signed.request().headers().forEach((name, values) -> all.put(name, values.getFirst()));
        return all;
    }
}
