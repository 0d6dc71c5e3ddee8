package dev.evenkeel.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * TLS between nodes: both sides show a certificate of the cluster's authority. Which node one is proven to be is a name in
 * its certificate, not its address: addresses change, and several nodes may share one.
 */
final class PeerTls {
    /** Both ends are ours, so there is no reason to speak anything older. */
    private static final String PROTOCOL = "TLSv1.3";

    private static final int DNS_NAME = 2; // the type of a subject alternative name, RFC 5280

    private final SslContext accepting;
    private final SslContext dialling;

    private PeerTls(SslContext accepting, SslContext dialling) {
        this.accepting = accepting;
        this.dialling = dialling;
    }

    /** @throws IOException when a file cannot be read or is not what it should be */
    static PeerTls of(TlsFiles files) throws IOException {
        try {
            var accepting = SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.authority().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOL)
                    .clientAuth(ClientAuth.REQUIRE)
                    .build();
            var dialling = SslContextBuilder.forClient()
                    .keyManager(files.certificate().toFile(), files.key().toFile())
                    .trustManager(files.authority().toFile())
                    .sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOL)
                    .endpointIdentificationAlgorithm(null) // the id is checked instead, see objection
                    .build();
            return new PeerTls(accepting, dialling);
        } catch (IllegalArgumentException | SSLException e) { // the one for contents, the other for combinations
            throw new IOException("TLS files " + files + ": " + Failures.messageOf(e), e);
        }
    }

    SslHandler accepting(ByteBufAllocator allocator) {
        return accepting.newHandler(allocator);
    }

    SslHandler dialling(ByteBufAllocator allocator) {
        return dialling.newHandler(allocator);
    }

    /** Why the other side of a session is not proven to be a node; null when it is. */
    static @Nullable String objection(SSLSession session, String node) {
        try {
            var names = names((X509Certificate) session.getPeerCertificates()[0]);
            return names.contains(node) ? null : "its certificate names " + names + ", not " + node;
        } catch (SSLPeerUnverifiedException e) {
            return "it has shown no certificate";
        } catch (CertificateParsingException | InvalidNameException e) {
            return "its certificate cannot be read: " + Failures.messageOf(e);
        }
    }

    private static List<String> names(X509Certificate certificate)
            throws CertificateParsingException, InvalidNameException {
        var names = new ArrayList<String>();
        for (var part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN")) {
                names.add(String.valueOf(part.getValue()));
            }
        }
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            for (List<?> alternative : alternatives) {
                if (alternative.getFirst().equals(DNS_NAME)) {
                    names.add(String.valueOf(alternative.get(1)));
                }
            }
        }
        return names;
    }
}
