package dev.evenkeel.metadata.memds;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash of one entry: the first 64 bits of SHA-256 over key and value. A set of entries is hashed by the sum of their
 * hashes.
 *
 * <p>A sum can be taken in any order and along any borders. So the hash of a range of keys depends on nothing but what is
 * in it, not on the shape of the tree or on a release's constants, and a change costs one hash, not one for each level.
 * Two different sets of entries have the same sum once in 2^64 as long as nobody constructs them, and versions, ids and
 * partition borders are not for a client to choose. If it happens, two servers differ in that range until its next change.
 *
 * <p>SHA-256 because the JDK has it in hardware: {@code MemdsBenchmark} shows what it costs beside what else a change
 * does. A CRC would be cheaper, but differs in a linear way, which is the wrong thing to add up.
 */
final class EntryHash {
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(EntryHash::sha256);

    private EntryHash() {}

    static long of(byte[] key, byte[] value) {
        var digest = SHA_256.get();
        digest.update((byte) (key.length >>> Byte.SIZE)); // where the key ends is part of what is hashed
        digest.update((byte) key.length);
        digest.update(key);
        var hash = digest.digest(value);
        long first = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            first = first << Byte.SIZE | hash[i] & 0xFF;
        }
        return first;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
