package dev.evenkeel.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;

/** Makes X.509 certificates (RFC 5280) with keys on the curve P-256. The JDK can do everything but put one together. */
final class Certificates {
    private static final String CURVE = "secp256r1";
    private static final String SIGNATURE = "SHA256withECDSA";
    private static final byte[] SIGNATURE_ALGORITHM = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final int SERIAL_BITS = 127; // positive, and unguessable as RFC 5280 wants it
    private static final int KEY_ID_BYTES = 20;
    private static final int CERTIFICATE_VERSION_3 = 2;

    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_KEY_ID = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY_ID = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    /** Bits of the key usage, first bit highest: digital signature; signing certificates and revocation lists. */
    private static final byte[] MAY_SIGN_HANDSHAKES = Der.bits(new byte[] {(byte) 0x80}, 7);

    private static final byte[] MAY_SIGN_CERTIFICATES = Der.bits(new byte[] {0x06}, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Certificates() {}

    static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(CURVE), RANDOM);
        return generator.generateKeyPair();
    }

    /** A certificate that signs itself and others. */
    static X509Certificate authority(String name, KeyPair keys, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        byte[] extensions = Der.sequence(
                critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes())),
                critical(KEY_USAGE, MAY_SIGN_CERTIFICATES),
                extension(SUBJECT_KEY_ID, Der.octets(keyId(keys.getPublic()))));
        byte[] distinguished = commonName(name);
        return sign(keys.getPrivate(), distinguished, distinguished, keys.getPublic(), from, until, extensions);
    }

    /** A certificate for a node, which is a server to some nodes and a client to others. */
    static X509Certificate node(
            String id, PublicKey key, X509Certificate authority, PrivateKey authorityKey, Instant from, Instant until)
            throws GeneralSecurityException, IOException {
        byte[] dnsName = Der.implicit(2, id.getBytes(StandardCharsets.US_ASCII));
        byte[] extensions = Der.sequence(
                critical(BASIC_CONSTRAINTS, Der.sequence()),
                critical(KEY_USAGE, MAY_SIGN_HANDSHAKES),
                extension(EXTENDED_KEY_USAGE, Der.sequence(Der.identifier(SERVER), Der.identifier(CLIENT))),
                extension(SUBJECT_ALTERNATIVE_NAME, Der.sequence(dnsName)),
                extension(SUBJECT_KEY_ID, Der.octets(keyId(key))),
                extension(AUTHORITY_KEY_ID, Der.sequence(Der.implicit(0, keyId(authority.getPublicKey())))));
        byte[] issuer = authority.getSubjectX500Principal().getEncoded();
        return sign(authorityKey, issuer, commonName(id), key, from, until, extensions);
    }

    private static X509Certificate sign(
            PrivateKey signer,
            byte[] issuer,
            byte[] subject,
            PublicKey key,
            Instant from,
            Instant until,
            byte[] extensions)
            throws GeneralSecurityException, IOException {
        byte[] toSign = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.valueOf(CERTIFICATE_VERSION_3))),
                Der.integer(new BigInteger(SERIAL_BITS, RANDOM)),
                SIGNATURE_ALGORITHM,
                issuer,
                Der.sequence(Der.time(from), Der.time(until)),
                subject,
                key.getEncoded(),
                Der.explicit(3, extensions));
        var signature = Signature.getInstance(SIGNATURE);
        signature.initSign(signer, RANDOM);
        signature.update(toSign);
        byte[] signed = Der.sequence(toSign, SIGNATURE_ALGORITHM, Der.bits(signature.sign(), 0));
        return parse(signed);
    }

    /** Takes DER and PEM. */
    static X509Certificate parse(byte[] encoded) throws GeneralSecurityException, IOException {
        try (var in = new ByteArrayInputStream(encoded)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static byte[] commonName(String name) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(name))));
    }

    private static byte[] critical(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(value));
    }

    private static byte[] extension(String identifier, byte[] value) {
        return Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(digest, KEY_ID_BYTES);
    }
}
