package dev.evenkeel.router.transaction;

import dev.evenkeel.partition.transaction.TransactionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The key of the ledger record that stands for a client's token: the same on every router. */
final class TokenKey {
    private TokenKey() {}

    static TransactionId of(String token) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            var numbers = ByteBuffer.wrap(hash);
            return new TransactionId(numbers.getLong(), numbers.getLong(), 0);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
