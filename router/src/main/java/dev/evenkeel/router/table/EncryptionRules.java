package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.SSESpecification;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Encryption settings out of a request. They are kept and reported; nothing here encrypts. */
final class EncryptionRules {
    private static final String KMS = "KMS";

    private EncryptionRules() {}

    /** The ARN of the key that is asked for; null for the service's own. */
    static @Nullable String keyArn(SSESpecification given, TableOptions options) {
        var type = given.sseType();
        var key = given.kmsMasterKeyId();
        if (Boolean.FALSE.equals(given.enabled())) {
            requireAbsent(type, "SSEType");
            requireAbsent(key, "KMSMasterKeyId");
            return null;
        }
        if (type != null && !type.equals(KMS)) {
            throw Refusals.invalid("SSEType " + type + " is not supported");
        }
        if (key != null && type == null) {
            throw Refusals.invalid("SSEType KMS is required if KMSMasterKeyId is specified");
        }
        if (key != null) {
            return arnOf(key, options);
        }
        return given.enabled() != null || type != null ? managedKey(options) : null;
    }

    private static void requireAbsent(@Nullable String value, String name) {
        if (value != null) {
            throw Refusals.invalid(name + " can not be specified if Enabled is false");
        }
    }

    /** A key may be given by ARN, alias or id. There is no KMS here to ask whether it exists. */
    private static String arnOf(String key, TableOptions options) {
        if (key.startsWith("arn:")) {
            return key;
        }
        return key.startsWith("alias/") ? options.kmsArn(key) : options.kmsArn("key/" + key);
    }

    /** The key that AWS would manage for DynamoDB in that account and region: always the same one. */
    static String managedKey(TableOptions options) {
        var name = "aws/dynamodb " + options.region() + " " + options.accountId();
        return options.kmsArn("key/" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
