package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterAuthorityTest {
    @TempDir
    Path folder;

    @Test
    void whatItIssuesIsValidAndNamesTheNode() throws IOException, GeneralSecurityException {
        ClusterAuthority.create("sample", folder, Ticker.system());
        var opened = ClusterAuthority.open(folder, Ticker.system());
        for (String id : List.of("node-1", "Zone A, node \"2\"", "knoten-ä", "n".repeat(200))) {
            var files = opened.issue(id, folder.resolve("nodes"));
            var certificate = read(files.certificate());
            validate(certificate, read(files.authority()));
            assertThat(certificate.getSubjectX500Principal().getName()).contains("CN=");
            assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
            assertThat(certificate.getExtendedKeyUsage()).hasSize(2);
        }
        assertThat(read(folder.resolve("nodes/node-1.crt")).getSubjectAlternativeNames())
                .containsExactly(List.of(2, "node-1"));
    }

    @Test
    void anotherAuthorityDoesNotVouchForIt() throws IOException, GeneralSecurityException {
        var files = ClusterAuthority.create("sample", folder.resolve("one"), Ticker.system())
                .issue("node-1", folder);
        ClusterAuthority.create("sample", folder.resolve("other"), Ticker.system());
        var other = read(folder.resolve("other/authority.crt"));
        assertThatExceptionOfType(CertPathValidatorException.class)
                .isThrownBy(() -> validate(read(files.certificate()), other));
    }

    @Test
    void nothingIsOverwrittenAndKeysAreSecret() throws IOException {
        var authority = ClusterAuthority.create("sample", folder, Ticker.system());
        var files = authority.issue("node-1", folder);
        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> authority.issue("node-1", folder));
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ClusterAuthority.create("sample", folder, Ticker.system()));
        for (Path key : List.of(files.key(), folder.resolve("authority.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
        Files.writeString(folder.resolve("authority.key"), "-----BEGIN PRIVATE KEY-----\nAAAA\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ClusterAuthority.open(folder, Ticker.system()))
                .withMessageContaining("no authority can be read");
    }

    @Test
    void timesAreRightOnBothSidesOf2050() throws IOException, GeneralSecurityException {
        for (String until : List.of("2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "2103-07-08T09:10:11Z")) {
            var keys = Certificates.newKeys();
            var from = Instant.parse("2026-01-02T03:04:05Z");
            var certificate = Certificates.authority("x", keys, from, Instant.parse(until));
            assertThat(certificate.getNotBefore().toInstant()).isEqualTo(from);
            assertThat(certificate.getNotAfter().toInstant()).isEqualTo(Instant.parse(until));
            certificate.verify(keys.getPublic());
        }
    }

    private static X509Certificate read(Path file) throws IOException, GeneralSecurityException {
        return Certificates.parse(Files.readAllBytes(file));
    }

    private static void validate(X509Certificate certificate, X509Certificate authority)
            throws GeneralSecurityException {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
    }
}
