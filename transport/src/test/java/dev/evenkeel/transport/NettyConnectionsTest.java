package dev.evenkeel.transport;

import static dev.evenkeel.transport.TransportContract.ECHO;
import static dev.evenkeel.transport.TransportContract.LONG;
import static dev.evenkeel.transport.TransportContract.await;
import static dev.evenkeel.transport.TransportContract.bytes;
import static dev.evenkeel.transport.TransportContract.failure;
import static dev.evenkeel.transport.TransportContract.succeeds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenkeel.transport.TransportException.Kind;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How connections begin, and begin again. */
@Timeout(60)
class NettyConnectionsTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final NettyNodes nodes = new NettyNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    private NettyTransport start(String id, TransportTimings timings) {
        var node = nodes.start(id, options -> options.withTimings(timings));
        node.serve(ECHO, (from, request) -> CompletableFuture.completedFuture(request));
        return node;
    }

    @Test
    void aLostConnectionComesBackWithoutACall() {
        var alice = start("alice", NettyNodes.TIMINGS);
        start("bob", NettyNodes.TIMINGS);
        assertThat(alice.isConnected("bob")).isFalse();
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        nodes.cut("alice", "bob");
        await(() -> !alice.isConnected("bob"));
        nodes.heal("alice", "bob");
        await(() -> alice.isConnected("bob"));
    }

    @Test
    void aNodeThatConnectsIsConnectedToAtOnce() {
        var patient = new TransportTimings(NEVER, LONG, LONG, NEVER, NEVER);
        var alice = start("alice", patient);
        var bob = start("bob", patient);
        nodes.cut("alice", "bob");
        assertThat(failure(alice.call("bob", ECHO, bytes("x"), LONG)).kind()).isEqualTo(Kind.NOT_CONNECTED);
        nodes.heal("alice", "bob");
        assertThat(failure(alice.call("bob", ECHO, bytes("x"), LONG)).kind()).isEqualTo(Kind.NOT_CONNECTED);
        assertThat(succeeds(bob.call("alice", ECHO, bytes("I am back"), LONG))).isTrue();
        await(() -> alice.isConnected("bob"));
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
    }

    @Test
    void aNodeMayCallItself() {
        var alice = start("alice", NettyNodes.TIMINGS);
        assertThat(succeeds(alice.call("alice", ECHO, bytes("x"), LONG))).isTrue();
    }

    @Test
    void retriesWaitLongerEachTimeUpToABound() {
        var timings = new TransportTimings(LONG, LONG, LONG, Duration.ofMillis(50), Duration.ofSeconds(1));
        for (long seed = 0; seed < 100; seed++) {
            var backoff = new Backoff(timings, new SplittableRandom(seed));
            for (long full : new long[] {50, 100, 200, 400, 800, 1000, 1000, 1000}) {
                assertThat(backoff.next()).as("seed %d", seed).isBetween(full * 500_000, full * 1_000_000);
            }
            backoff.reset();
            assertThat(backoff.next()).as("seed %d", seed).isLessThanOrEqualTo(50_000_000);
        }
    }

    @Test
    void anAddressThatIsTakenIsSaid() {
        var taken = start("alice", NettyNodes.TIMINGS).address();
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> NettyTransport.start(
                        TransportOptions.of("bob", NettyNodes.CLUSTER, taken, _ -> Optional.empty())));
    }

    @Test
    void tlsFilesThatAreNotInOrderAreSaid() throws IOException {
        var nonsense = Files.writeString(folder.resolve("nonsense.pem"), "not a certificate");
        var good = TestCertificates.of(folder, "alice");
        for (var files : new TlsFiles[] {
            new TlsFiles(nonsense, good.key(), good.authority()),
            new TlsFiles(good.certificate(), nonsense, good.authority()),
            new TlsFiles(good.certificate(), good.key(), nonsense),
            new TlsFiles(good.certificate(), good.key(), folder.resolve("missing.pem"))
        }) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> NettyTransport.start(
                            TransportOptions.of("alice", NettyNodes.CLUSTER, NettyNodes.ANY, _ -> Optional.empty())
                                    .withTls(files)))
                    .withMessageContaining("TLS files");
        }
    }
}
