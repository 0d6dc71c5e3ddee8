package dev.evenkeel.server.transfer;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in the {@code Authorization} header ("AWS Signature Version 4 for API requests", IAM User Guide),
 * for requests without a query. All of DynamoDB's are such: POST to {@code /}.
 *
 * <p>The AWS SDK would sign as well. But the program would carry its jars for what is one page here, and it reads items into
 * objects and writes them again, where we pass on their bytes.
 *
 * @param service e.g. {@code dynamodb}
 */
record SigV4Signer(AwsCredentials credentials, String region, String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String MAC = "HmacSHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    /**
     * What must be sent besides {@code headers} and {@code Host}.
     *
     * @param host as the header has it
     * @param headers that are signed besides
     */
    Map<String, String> sign(String method, String host, Map<String, String> headers, byte[] body, Instant now) {
        var added = new TreeMap<String, String>();
        added.put("x-amz-date", SECOND.format(now));
        if (credentials.sessionToken() != null) {
            added.put("x-amz-security-token", credentials.sessionToken());
        }
        var signed = new TreeMap<String, String>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), canonical(value)));
        signed.putAll(added);
        signed.put("host", host);
        added.put("authorization", authorization(method, signed, body));
        return added;
    }

    private static String canonical(String value) {
        return value.strip().replaceAll(" +", " ");
    }

    private String authorization(String method, SortedMap<String, String> headers, byte[] body) {
        String second = String.valueOf(headers.get("x-amz-date"));
        String date = second.substring(0, DATE_LENGTH);
        String scope = String.join("/", date, region, service, END);
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
        String request = String.join("\n", method, "/", "", lines, names, sha256(body));
        String toSign = String.join("\n", ALGORITHM, second, scope, sha256(bytes(request)));
        return ALGORITHM + " Credential=" + credentials.accessKeyId() + "/" + scope + ", SignedHeaders=" + names
                + ", Signature=" + HexFormat.of().formatHex(hmac(key(date), toSign));
    }

    private byte[] key(String date) {
        byte[] dated = hmac(bytes("AWS4" + credentials.secretAccessKey()), date);
        return hmac(hmac(hmac(dated, region), service), END);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}
