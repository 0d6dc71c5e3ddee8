package dev.evenkeel.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The authority of a cluster that has no other: it certifies which node is which. Its folder holds {@code authority.crt},
 * which every node needs, and {@code authority.key}, which no node does. Meant for samples, tests and small installations;
 * certificates from elsewhere serve just as well, see {@link TlsFiles}.
 */
public final class ClusterAuthority {
    /** Nothing renews these, so they outlive what they are for. */
    private static final Duration VALID_FOR = Duration.ofDays(3650);

    /** Clocks of machines differ a little. */
    private static final Duration VALID_BEFORE = Duration.ofHours(1);

    private static final String CERTIFICATE_FILE = "authority.crt";
    private static final String KEY_FILE = "authority.key";
    private static final int PEM_LINE_CHARACTERS = 64;

    private final Path folder;
    private final X509Certificate certificate;
    private final PrivateKey key;
    private final Ticker ticker;

    private ClusterAuthority(Path folder, X509Certificate certificate, PrivateKey key, Ticker ticker) {
        this.folder = folder;
        this.certificate = certificate;
        this.key = key;
        this.ticker = ticker;
    }

    /**
     * Makes an authority and writes it to a folder.
     *
     * @throws FileAlreadyExistsException when the folder holds one: nodes trust it
     */
    public static ClusterAuthority create(String cluster, Path folder, Ticker ticker) throws IOException {
        Files.createDirectories(folder);
        try {
            var keys = Certificates.newKeys();
            Instant now = ticker.now();
            var certificate =
                    Certificates.authority(cluster + " authority", keys, now.minus(VALID_BEFORE), now.plus(VALID_FOR));
            writeSecret(
                    folder.resolve(KEY_FILE),
                    pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            write(folder.resolve(CERTIFICATE_FILE), pem("CERTIFICATE", certificate.getEncoded()));
            return new ClusterAuthority(folder, certificate, keys.getPrivate(), ticker);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make an authority: " + Failures.messageOf(e), e);
        }
    }

    /** Opens the authority that {@link #create} has written to a folder. */
    public static ClusterAuthority open(Path folder, Ticker ticker) throws IOException {
        try {
            var certificate = Certificates.parse(Files.readAllBytes(folder.resolve(CERTIFICATE_FILE)));
            String pem = Files.readString(folder.resolve(KEY_FILE), US_ASCII).replaceAll("-----[A-Z ]+-----", "");
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem));
            return new ClusterAuthority(
                    folder, certificate, KeyFactory.getInstance("EC").generatePrivate(encoded), ticker);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("no authority can be read in " + folder + ": " + Failures.messageOf(e), e);
        }
    }

    /**
     * Makes a key and a certificate for a node and writes them to a folder.
     *
     * @throws FileAlreadyExistsException when the folder holds some for this node
     */
    public TlsFiles issue(String nodeId, Path nodeFolder) throws IOException {
        Hello.checkName("a node's id", nodeId);
        Files.createDirectories(nodeFolder);
        var files = new TlsFiles(
                nodeFolder.resolve(nodeId + ".crt"),
                nodeFolder.resolve(nodeId + ".key"),
                folder.resolve(CERTIFICATE_FILE));
        try {
            var keys = Certificates.newKeys();
            Instant now = ticker.now();
            var issued = Certificates.node(
                    nodeId, keys.getPublic(), certificate, key, now.minus(VALID_BEFORE), now.plus(VALID_FOR));
            writeSecret(files.key(), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
            write(files.certificate(), pem("CERTIFICATE", issued.getEncoded()));
            return files;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot certify " + nodeId + ": " + Failures.messageOf(e), e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var base64 =
                Base64.getMimeEncoder(PEM_LINE_CHARACTERS, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, US_ASCII, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Readable by the owner alone, from before there is anything to read. */
    private static void writeSecret(Path file, String text) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        Files.writeString(file, text, US_ASCII);
    }
}
