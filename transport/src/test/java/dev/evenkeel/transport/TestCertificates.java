package dev.evenkeel.transport;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The same files for the same node of the same folder; the folder's authority is made with the first. */
final class TestCertificates {
    private TestCertificates() {}

    static TlsFiles of(Path folder, String id) {
        try {
            var authorityFile = folder.resolve("authority.crt");
            var authority = Files.exists(authorityFile)
                    ? ClusterAuthority.open(folder, Ticker.system())
                    : ClusterAuthority.create("test", folder, Ticker.system());
            var certificate = folder.resolve(id + ".crt");
            return Files.exists(certificate)
                    ? new TlsFiles(certificate, folder.resolve(id + ".key"), authorityFile)
                    : authority.issue(id, folder);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
