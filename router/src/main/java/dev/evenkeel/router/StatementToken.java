package dev.evenkeel.router;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the next page of a SELECT begins. On the wire it is a {@code NextToken}, which holds for this statement with these
 * parameters only, on any node.
 *
 * <pre>
 * token   = base64 of: version:u8 binding:16 lookup hasKey:u8 [key:item] check:4
 * binding = SHA-256 of the statement and its parameters, the first bytes
 * check   = SHA-256 of all before it, the first bytes
 * </pre>
 *
 * @param lookup which of the statement's keys, from 0
 * @param startKey the last key that was looked at, or null to begin the lookup
 */
record StatementToken(int lookup, @Nullable Item startKey) {
    static final StatementToken START = new StatementToken(0, null);

    private static final int VERSION = 1;
    private static final int BINDING_BYTES = 16;
    private static final int CHECK_BYTES = 4;

    String encode(StatementRequest request) {
        var out = new ByteWriter(128).u8(VERSION).bytes(binding(request)).unsigned(lookup);
        out.bool(startKey != null);
        if (startKey != null) {
            out.item(startKey);
        }
        var content = out.toBytes();
        var token = Arrays.copyOf(content, content.length + CHECK_BYTES);
        System.arraycopy(sha256(content), 0, token, content.length, CHECK_BYTES);
        return Base64.getEncoder().encodeToString(token);
    }

    /** @throws DynamoException validation, when it is no token, or another statement's */
    static StatementToken decode(String text, StatementRequest request, ReadTarget target, int lookups) {
        var in = new ByteReader(content(text));
        if (in.u8() != VERSION) {
            throw invalid();
        }
        if (!Arrays.equals(in.bytes(), binding(request))) {
            throw DynamoException.validation("NextToken does not match request");
        }
        long lookup = in.unsigned();
        var startKey = in.bool() ? in.item() : null;
        if (lookup >= lookups || (startKey != null && !fits(startKey, target))) {
            throw invalid();
        }
        return new StatementToken((int) lookup, startKey);
    }

    private static byte[] content(String text) {
        try {
            var token = Base64.getDecoder().decode(text);
            int length = token.length - CHECK_BYTES;
            if (length > 0) {
                var content = Arrays.copyOf(token, length);
                if (Arrays.equals(sha256(content), 0, CHECK_BYTES, token, length, token.length)) {
                    return content;
                }
            }
        } catch (IllegalArgumentException _) {
            // no base64
        }
        throw invalid();
    }

    /** The table or index may have been replaced by one of another key since. */
    private static boolean fits(Item key, ReadTarget target) {
        return key.toMap().keySet().equals(target.startKeyNames())
                && target.key().attributes().stream()
                        .allMatch(attribute -> key.typeOf(attribute.name()) == attribute.type())
                && target.route().key().attributes().stream()
                        .allMatch(attribute -> key.typeOf(attribute.name()) == attribute.type());
    }

    static DynamoException invalid() {
        return DynamoException.validation("Invalid NextToken");
    }

    private static byte[] binding(StatementRequest request) {
        var parameters = Item.of(Map.of("p", new AttributeValue.L(request.parameters())));
        var bound = new ByteWriter(256)
                .bytes(request.text().getBytes(StandardCharsets.UTF_8))
                .item(parameters)
                .toBytes();
        return Arrays.copyOf(sha256(bound), BINDING_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
