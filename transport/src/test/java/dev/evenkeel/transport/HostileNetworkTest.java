package dev.evenkeel.transport;

import static dev.evenkeel.transport.TransportContract.ECHO;
import static dev.evenkeel.transport.TransportContract.LONG;
import static dev.evenkeel.transport.TransportContract.await;
import static dev.evenkeel.transport.TransportContract.bytes;
import static dev.evenkeel.transport.TransportContract.failure;
import static dev.evenkeel.transport.TransportContract.succeeds;
import static dev.evenkeel.transport.TransportContract.text;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.transport.TransportException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What comes from a network that is broken, from strangers, and from nodes that are not what they say. */
@Timeout(60)
class HostileNetworkTest {
    private static final int MEGABYTE = 1024 * 1024;
    private static final int BUDGET_MEGABYTES = 32;
    private static final UnaryOperator<TransportOptions> AS_USUAL = UnaryOperator.identity();

    @TempDir
    static Path folder;

    private final NettyNodes nodes = new NettyNodes();
    private final ConcurrentLinkedQueue<String> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        nodes.close();
    }

    private NettyTransport start(String id, UnaryOperator<TransportOptions> change) {
        var node = nodes.start(id, change);
        node.serve(ECHO, (from, request) -> {
            handled.add(text(request));
            return CompletableFuture.completedFuture(request);
        });
        return node;
    }

    @Test
    void flippedBitsBreakConnectionsAndAreNeverDelivered() {
        for (long seed = 1; seed <= 6; seed++) {
            var random = new Random(seed);
            var alice = start("alice" + seed, AS_USUAL);
            start("bob" + seed, AS_USUAL);
            var sent = ConcurrentHashMap.<String>newKeySet();
            nodes.proxy("alice" + seed, "bob" + seed).tamper((bytes, length) -> {
                synchronized (random) {
                    if (random.nextInt(4) == 0) {
                        int bit = random.nextInt(length * 8);
                        bytes[bit / 8] ^= (byte) (1 << bit % 8);
                    }
                }
            });
            int failed = callManyTimes(alice, "bob" + seed, sent, seed);
            assertThat(failed).as("seed %d: calls that met a flipped bit", seed).isPositive();
            assertThat(sent).as("seed %d", seed).containsAll(handled);
            handled.clear();

            nodes.proxy("alice" + seed, "bob" + seed).tamper((bytes, length) -> {});
            String bob = "bob" + seed;
            await(() -> succeeds(alice.call(bob, ECHO, bytes("well again"), LONG)));
            handled.clear();
        }
    }

    private static int callManyTimes(Transport from, String to, Set<String> sent, long seed) {
        int failed = 0;
        for (int round = 0; round < 60; round++) {
            var calls = new ArrayList<CompletableFuture<byte[]>>();
            var texts = new ArrayList<String>();
            for (int i = 0; i < 5; i++) {
                texts.add(round + "/" + i + "-".repeat(i * i * 200));
                sent.add(texts.get(i));
                calls.add(from.call(to, ECHO, bytes(texts.get(i)), LONG));
            }
            for (int i = 0; i < calls.size(); i++) {
                if (succeeds(calls.get(i))) {
                    assertThat(text(calls.get(i).join())).as("seed %d", seed).isEqualTo(texts.get(i));
                } else {
                    failed++;
                    assertThat(failure(calls.get(i)).kind())
                            .as("seed %d", seed)
                            .isIn(Kind.CONNECTION_LOST, Kind.NOT_CONNECTED);
                }
            }
        }
        return failed;
    }

    @Test
    void strangersAreShownTheDoorAndOthersServed() throws IOException, FrameException {
        var alice = start("alice", AS_USUAL);
        start("bob", AS_USUAL);
        for (long seed = 0; seed < 30; seed++) {
            var noise = new byte[FrameHeader.BYTES + new Random(seed).nextInt(5_000)];
            new Random(seed).nextBytes(noise);
            try (var stranger = new RawClient(nodes.address("bob"))) {
                stranger.send(noise);
                assertThat(stranger.next()).as("seed %d", seed).isNull();
            }
        }
        try (var browser = new RawClient(nodes.address("bob"))) {
            browser.send(bytes("GET /index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertThat(browser.next()).isNull();
        }
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        assertThat(handled).containsExactly("x");
    }

    @Test
    void aRequestBeforeHelloIsNotHandled() throws IOException, FrameException {
        start("bob", AS_USUAL);
        try (var client = new RawClient(nodes.address("bob"))) {
            client.send(FrameKind.REQUEST, ECHO, 1, bytes("let me in"));
            assertThat(client.next()).isNull();
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void aHugeLengthIsRefusedAtOnceEvenWithARightChecksum() throws IOException, FrameException {
        start("bob", AS_USUAL);
        try (var client = new RawClient(nodes.address("bob"))) {
            client.send(new FrameHeader(FrameKind.HELLO, 0, 0, 100_000, 0)); // a stranger may say little
            assertThat(client.next()).isNull();
        }
        try (var client = new RawClient(nodes.address("bob")).greet("alice", "bob")) {
            assertThat(requireNonNull(client.next()).header().kind()).isEqualTo(FrameKind.HELLO);
            client.send(new FrameHeader(FrameKind.REQUEST, ECHO, 1, Integer.MAX_VALUE, 0));
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void whoSaysNothingIsNotWaitedFor() throws IOException, FrameException {
        start("bob", options -> options.withTimings(NettyNodes.TIMINGS.withHelloTimeout(Duration.ofMillis(100))));
        try (var silent = new RawClient(nodes.address("bob"))) {
            assertThat(silent.next()).isNull();
        }
        try (var halfway = new RawClient(nodes.address("bob"))) {
            halfway.send(new byte[] {(byte) 0xE1, 1, 0});
            assertThat(halfway.next()).isNull();
        }
    }

    @Test
    void unknownVersionsAreToldWhichAreKnown() throws IOException, FrameException {
        start("bob", AS_USUAL);
        try (var client = new RawClient(nodes.address("bob"))) {
            client.send(FrameKind.HELLO, 0, 0, new Hello(7, 9, NettyNodes.CLUSTER, "alice", "bob").encode());
            var answer = requireNonNull(client.next());
            assertThat(answer.header().kind()).isEqualTo(FrameKind.FAILURE);
            assertThat(Failure.decode(answer.payload()).message())
                    .isEqualTo("alice speaks versions 7 to 9 of the protocol, bob speaks 1 to 1");
            assertThat(client.next()).isNull();
        }
    }

    @Test
    void anotherClusterIsRefused() {
        var alice = start(
                "alice",
                options -> TransportOptions.of("alice", "production", NettyNodes.ANY, options.addressBook())
                        .withTimings(NettyNodes.TIMINGS));
        start("bob", AS_USUAL);
        assertRefused(alice, "bob", "alice belongs to the cluster \"production\", bob to \"test\"");
    }

    @Test
    void anAddressThatHasChangedHandsIsNoticed() {
        var alice = start("alice", AS_USUAL);
        start("carol", AS_USUAL);
        nodes.misplace("bob", "carol");
        assertRefused(alice, "bob", "alice looks for bob, but this is carol");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() {
        var alice = start("alice", tls(folder.resolve("else"), "alice"));
        var bob = start("bob", tls(folder.resolve("ours"), "bob"));
        assertRefused(alice, "bob", "");
        assertRefused(bob, "alice", "");
    }

    @Test
    void aCertificateMustNameTheNodeThatShowsIt() {
        var ours = folder.resolve("ours");
        var alice = start("alice", tls(ours, "alice"));
        start("bob", tls(ours, "bob"));
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        var mallory = start("mallory", tls(ours, "guest"));
        assertRefused(mallory, "bob", "its certificate names [guest, guest], not mallory");
        assertRefused(alice, "mallory", "its certificate names [guest, guest], not mallory");
    }

    @Test
    void plainAndTlsDoNotMix() {
        var alice = start("alice", AS_USUAL);
        var bob = start("bob", tls(folder.resolve("ours"), "bob"));
        assertRefused(alice, "bob", "");
        assertRefused(bob, "alice", "");
    }

    private UnaryOperator<TransportOptions> tls(Path authority, String certificate) {
        return options -> options.withTls(TestCertificates.of(authority, certificate));
    }

    private void assertRefused(Transport from, String to, String reason) {
        handled.clear();
        var failed = failure(from.call(to, ECHO, bytes("let me in"), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.NOT_CONNECTED);
        assertThat(failed.getMessage())
                .startsWith(from.self() + " has no connection to " + to)
                .contains(reason);
        assertThat(from.isConnected(to)).isFalse();
        assertThat(handled).isEmpty();
    }

    @Test
    void aPeerThatStandsStillIsNoticedAndFoundAgain() {
        UnaryOperator<TransportOptions> quick =
                options -> options.withTimings(NettyNodes.TIMINGS.withPingInterval(Duration.ofMillis(200)));
        var alice = start("alice", quick);
        var bob = start("bob", quick);
        bob.serve(9, (from, request) -> new CompletableFuture<>());
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        var proxy = nodes.proxy("alice", "bob");
        proxy.freeze();
        var failed = failure(alice.call("bob", 9, bytes("?"), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failed).hasMessageContaining("no sign of life");
        proxy.thaw();
        await(() -> succeeds(alice.call("bob", ECHO, bytes("x"), LONG)));
    }

    @Test
    void anIdleConnectionIsKeptAlive() {
        UnaryOperator<TransportOptions> quick =
                options -> options.withTimings(NettyNodes.TIMINGS.withPingInterval(Duration.ofMillis(100)));
        var alice = start("alice", quick);
        start("bob", quick);
        var passed = new AtomicInteger();
        nodes.proxy("alice", "bob").tamper((bytes, length) -> {
            if (bytes[1] == FrameKind.PONG.number()) {
                passed.incrementAndGet();
            }
        });
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        int connections = nodes.proxy("alice", "bob").connectionsMade();
        await(() -> passed.get() >= 10);
        assertThat(alice.isConnected("bob")).isTrue();
        assertThat(nodes.proxy("alice", "bob").connectionsMade()).isEqualTo(connections);
    }

    @Test
    void aPeerThatTakesNothingCostsItsBudgetAndNoMore() {
        var alice = startedWithoutHurry("alice");
        startedWithoutHurry("bob");
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        nodes.proxy("alice", "bob").freeze();
        var calls = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < BUDGET_MEGABYTES; i++) {
            calls.add(alice.call("bob", ECHO, new byte[MEGABYTE], LONG));
        }
        for (int i = 0; i < 10; i++) {
            var refused = alice.call("bob", ECHO, bytes("x"), LONG);
            assertThat(refused).isDone();
            assertThat(failure(refused).kind()).isEqualTo(Kind.REFUSED);
        }
        nodes.proxy("alice", "bob").thaw();
        calls.forEach(call -> assertThat(call.join()).hasSize(MEGABYTE));
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
    }

    @Test
    void callsThatTimedOutCountUntilTheirBytesAreGone() {
        var alice = startedWithoutHurry("alice");
        startedWithoutHurry("bob");
        assertThat(succeeds(alice.call("bob", ECHO, bytes("x"), LONG))).isTrue();
        nodes.proxy("alice", "bob").freeze();
        int admitted = 0;
        for (int i = 0; i < 200; i++) {
            var failed = failure(alice.call("bob", ECHO, new byte[MEGABYTE], Duration.ofMillis(1)));
            if (!requireNonNull(failed.getMessage()).contains("under way")) {
                admitted++;
                assertThat(failed.kind()).isIn(Kind.TIMED_OUT, Kind.REFUSED);
            }
        }
        assertThat(admitted)
                .as("a little more than the budget, because sockets hold some")
                .isBetween(BUDGET_MEGABYTES, BUDGET_MEGABYTES + 12);
        nodes.proxy("alice", "bob").thaw();
        await(() -> succeeds(alice.call("bob", ECHO, new byte[MEGABYTE], LONG)));
    }

    private NettyTransport startedWithoutHurry(String id) {
        return start(
                id,
                options -> options.withLimits(new TransportLimits(MEGABYTE, 10_000, (long) BUDGET_MEGABYTES * MEGABYTE))
                        .withTimings(NettyNodes.TIMINGS.withPingInterval(Duration.ofSeconds(20))));
    }

    @Test
    void aCallerThatTakesNoAnswersGetsFewOfThem() throws IOException, FrameException {
        int answerBytes = 16 * 1024 * 1024;
        var limits = new TransportLimits(answerBytes, 10_000, 3L * answerBytes);
        var bob = start("bob", options -> options.withLimits(limits));
        var underWay = new AtomicInteger();
        var mostUnderWay = new AtomicInteger();
        bob.serve(9, (from, request) -> {
            mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            return CompletableFuture.completedFuture(new byte[answerBytes]);
        });
        int requests = 30;
        try (var client = new RawClient(nodes.address("bob")).greet("alice", "bob")) {
            for (int i = 0; i < requests; i++) {
                client.send(FrameKind.REQUEST, 9, i, new byte[100]);
            }
            assertThat(requireNonNull(client.next()).header().kind()).isEqualTo(FrameKind.HELLO);
            for (int i = 0; i < requests; i++) {
                if (requireNonNull(client.next()).header().kind() == FrameKind.RESPONSE) {
                    underWay.decrementAndGet();
                }
            }
        }
        assertThat(mostUnderWay)
                .as("three fit the budget, one more may be under way to the client")
                .hasValueBetween(1, 5);
    }
}
