package dev.evenkeel.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.evenkeel.transport.TransportException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transport does, whatever is between the nodes. */
@Timeout(60)
abstract class TransportContract {
    static final int ECHO = 1;
    static final int HANG = 2;
    static final int FAIL = 3;
    static final int NOBODY = 4;
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(50);
    static final TransportLimits LIMITS = new TransportLimits(12 * 1024 * 1024, 64, 30L * 1024 * 1024);

    private final CountDownLatch hanging = new CountDownLatch(1);
    final List<CompletableFuture<byte[]>> hung = Collections.synchronizedList(new ArrayList<>());
    private final List<Transport> started = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // before every test
    Transport alice;

    @SuppressWarnings("NullAway.Init")
    Transport bob;

    /** A node within {@link #LIMITS}. */
    abstract Transport open(String id);

    /** Breaks what is between two nodes, so that they notice. */
    abstract void cut(String one, String other);

    abstract void heal(String one, String other);

    @BeforeEach
    void startNodes() {
        alice = started(open("alice"));
        bob = started(serving(open("bob")));
    }

    @AfterEach
    void closeNodes() {
        started.forEach(Transport::close);
    }

    Transport started(Transport transport) {
        started.add(transport);
        return transport;
    }

    Transport serving(Transport transport) {
        transport.serve(ECHO, (from, request) -> CompletableFuture.completedFuture(request));
        transport.serve(HANG, (from, request) -> {
            var never = new CompletableFuture<byte[]>();
            hung.add(never);
            hanging.countDown();
            return never;
        });
        transport.serve(FAIL, (from, request) -> {
            if (request.length > 0) {
                return CompletableFuture.failedFuture(new IllegalStateException(text(request) + " from " + from));
            }
            throw new IllegalStateException("thrown");
        });
        return transport;
    }

    @Test
    void aCallIsAnswered() {
        assertThat(text(alice.call("bob", ECHO, bytes("hello"), LONG).join())).isEqualTo("hello");
        assertThat(alice.call("bob", ECHO, new byte[0], LONG).join()).isEmpty();
        assertThat(alice.self()).isEqualTo("alice");
        assertThat(alice.isConnected("bob")).isTrue();
    }

    @Test
    void aHandlerKnowsWhoAsksAndRunsElsewhere() {
        var threads = new ConcurrentLinkedQueue<Thread>();
        bob.serve(9, (from, request) -> {
            threads.add(Thread.currentThread());
            return CompletableFuture.completedFuture(bytes(from));
        });
        assertThat(text(alice.call("bob", 9, bytes(""), LONG).join())).isEqualTo("alice");
        assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
        assertThatIllegalStateException().isThrownBy(() -> bob.serve(9, (from, request) -> new CompletableFuture<>()));
        assertThatIllegalArgumentException().isThrownBy(() -> alice.call("bob", 65_536, bytes(""), LONG));
    }

    @Test
    void handlersCallEachOther() {
        alice.serve(9, (from, request) -> CompletableFuture.completedFuture(bytes("back to " + from)));
        bob.serve(9, (from, request) -> bob.call(from, 9, request, LONG));
        assertThat(text(alice.call("bob", 9, bytes(""), LONG).join())).isEqualTo("back to bob");
    }

    @Test
    void aFailureComesBackWithItsMessage() {
        var failed = failure(alice.call("bob", FAIL, bytes("no such thing"), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.FAILED);
        assertThat(failed).hasMessage("no such thing from alice");
        assertThat(failed.node()).isEqualTo("bob");
        assertThat(failed.surelyNotExecuted()).isFalse();
        assertThat(failure(alice.call("bob", FAIL, bytes(""), LONG))).hasMessage("thrown");
        assertThat(alice.call("bob", ECHO, bytes("still here"), LONG).join()).isNotEmpty();
    }

    @Test
    void anUnknownServiceIsRefused() {
        var failed = failure(alice.call("bob", NOBODY, bytes("?"), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failed).hasMessageContaining("service 4");
        assertThat(failed.surelyNotExecuted()).isTrue();
    }

    @Test
    void anUnknownNodeIsNotConnected() {
        var failed = failure(alice.call("nobody", ECHO, bytes("?"), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.NOT_CONNECTED);
        assertThat(failed.surelyNotExecuted()).isTrue();
        assertThat(alice.isConnected("nobody")).isFalse();
    }

    @Test
    void requestsArriveInTheOrderOfTheCalls() {
        var arrived = new ConcurrentLinkedQueue<String>();
        bob.serve(9, (from, request) -> {
            arrived.add(text(request));
            return CompletableFuture.completedFuture(request);
        });
        var expected = new ArrayList<String>();
        var random = new Random(1);
        for (int round = 0; round < 30; round++) {
            var answers = new ArrayList<CompletableFuture<byte[]>>();
            for (int i = 0; i < LIMITS.outstandingRequestsMax(); i++) {
                var text = round + "/" + i + "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 100_000 : 100));
                expected.add(text);
                answers.add(alice.call("bob", 9, bytes(text), LONG));
            }
            answers.forEach(CompletableFuture::join);
        }
        assertThat(new ArrayList<>(arrived).equals(expected)).isTrue();
    }

    @Test
    void manyCallersGetTheirOwnAnswers() throws InterruptedException {
        serving(alice);
        var wrong = new ConcurrentLinkedQueue<String>();
        var threads = new ArrayList<Thread>();
        for (int caller = 0; caller < 16; caller++) {
            int number = caller;
            threads.add(Thread.startVirtualThread(() -> {
                var random = new Random(number);
                for (int i = 0; i < 200; i++) {
                    var request = new byte[random.nextInt(20_000)];
                    random.nextBytes(request);
                    var from = i % 2 == 0 ? alice : bob;
                    var answer = from.call(i % 2 == 0 ? "bob" : "alice", ECHO, request.clone(), LONG);
                    if (!Arrays.equals(request, answer.join())) {
                        wrong.add(number + "/" + i);
                    }
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCallWithoutAnAnswerTimesOut() throws InterruptedException {
        assertThat(alice.call("bob", ECHO, bytes("first"), LONG).join()).isNotEmpty();
        var calls = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < 20; i++) {
            calls.add(alice.call("bob", HANG, bytes("?"), SHORT.plusMillis(i)));
        }
        var patient = alice.call("bob", HANG, bytes("?"), LONG);
        for (var call : calls) {
            var failed = failure(call);
            assertThat(failed.kind()).isEqualTo(Kind.TIMED_OUT);
            assertThat(failed.surelyNotExecuted()).isFalse();
        }
        assertThat(patient).isNotDone();
        await(() -> hung.size() == 21);
        hung.forEach(it -> it.complete(bytes("late")));
        assertThat(text(patient.join())).isEqualTo("late");
        assertThat(text(alice.call("bob", ECHO, bytes("next"), LONG).join())).isEqualTo("next");
    }

    @Test
    void largePayloadsGoBothWays() {
        var large = new byte[LIMITS.payloadBytesMax()];
        new Random(7).nextBytes(large);
        var calls = List.of(
                alice.call("bob", ECHO, large, LONG),
                alice.call("bob", ECHO, bytes("small"), LONG),
                alice.call("bob", ECHO, large, LONG));
        assertThat(Arrays.equals(calls.getFirst().join(), large)).isTrue();
        assertThat(text(calls.get(1).join())).isEqualTo("small");
        assertThat(Arrays.equals(calls.getLast().join(), large)).isTrue();
    }

    @Test
    void whatIsTooLongIsSaid() {
        var tooLong = new byte[LIMITS.payloadBytesMax() + 1];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> alice.call("bob", ECHO, tooLong, LONG))
                .withMessageContaining("12582913 bytes");
        bob.serve(9, (from, request) -> CompletableFuture.completedFuture(tooLong));
        var failed = failure(alice.call("bob", 9, bytes(""), LONG));
        assertThat(failed.kind()).isEqualTo(Kind.FAILED);
        assertThat(failed).hasMessageContaining("12582913 bytes");
    }

    @Test
    void tooManyCallsAreRefusedAtOnce() {
        var calls = new ArrayList<CompletableFuture<byte[]>>();
        for (int i = 0; i < LIMITS.outstandingRequestsMax(); i++) {
            calls.add(alice.call("bob", HANG, bytes("?"), LONG));
        }
        var refused = alice.call("bob", ECHO, bytes("?"), LONG);
        assertThat(refused).isDone();
        assertThat(failure(refused).kind()).isEqualTo(Kind.REFUSED);
        await(() -> hung.size() == calls.size());
        hung.forEach(it -> it.complete(bytes("done")));
        calls.forEach(CompletableFuture::join);
        assertThat(alice.call("bob", ECHO, bytes("again"), LONG).join()).isNotEmpty();
    }

    @Test
    void tooManyBytesAreRefusedAtOnce() {
        var large = new byte[10 * 1024 * 1024];
        var calls = List.of(
                alice.call("bob", HANG, large, LONG),
                alice.call("bob", HANG, large, LONG),
                alice.call("bob", HANG, large, LONG));
        assertThat(failure(alice.call("bob", ECHO, bytes("?"), LONG)).kind()).isEqualTo(Kind.REFUSED);
        await(() -> hung.size() == calls.size());
        hung.forEach(it -> it.complete(bytes("done")));
        calls.forEach(CompletableFuture::join);
        assertThat(alice.call("bob", ECHO, bytes("again"), LONG).join()).isNotEmpty();
    }

    @Test
    void aCutLosesCallsUntilItHeals() throws InterruptedException {
        var carol = started(serving(open("carol")));
        assertThat(alice.call("carol", ECHO, bytes("x"), LONG).join()).isNotEmpty();
        var lost = alice.call("bob", HANG, bytes("?"), LONG);
        hanging.await();
        var spared = alice.call("carol", HANG, bytes("?"), LONG);
        cut("alice", "bob");
        assertThat(failure(lost).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure(alice.call("bob", ECHO, bytes("?"), LONG)).kind()).isEqualTo(Kind.NOT_CONNECTED);
        assertThat(alice.isConnected("bob")).isFalse();
        await(() -> hung.size() == 2);
        hung.forEach(it -> it.complete(bytes("answer")));
        assertThat(text(spared.join())).isEqualTo("answer");
        assertThat(alice.isConnected("carol")).isTrue();
        assertThat(carol.self()).isEqualTo("carol");

        heal("alice", "bob");
        await(() -> succeeds(alice.call("bob", ECHO, bytes("?"), LONG)));
        assertThat(alice.isConnected("bob")).isTrue();
    }

    @Test
    void closingTheCallerFailsItsCalls() throws InterruptedException {
        var call = alice.call("bob", HANG, bytes("?"), LONG);
        hanging.await();
        alice.close();
        assertThat(failure(call).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure(alice.call("bob", ECHO, bytes("?"), LONG)).kind()).isEqualTo(Kind.NOT_CONNECTED);
        assertThat(alice.isConnected("bob")).isFalse();
        hung.forEach(it -> it.complete(bytes("too late")));
        alice.close();
    }

    @Test
    void closingTheOtherNodeFailsCallsAndOpeningItAgainServes() throws InterruptedException {
        var call = alice.call("bob", HANG, bytes("?"), LONG);
        hanging.await();
        bob.close();
        assertThat(failure(call).kind()).isEqualTo(Kind.CONNECTION_LOST);
        assertThat(failure(alice.call("bob", ECHO, bytes("?"), LONG)).kind()).isEqualTo(Kind.NOT_CONNECTED);
        started(serving(open("bob")));
        await(() -> succeeds(alice.call("bob", ECHO, bytes("?"), LONG)));
    }

    @Test
    void everyCallEndsOnceWhileNodesCloseUnderLoad() throws InterruptedException {
        var answers = new ConcurrentLinkedQueue<CompletableFuture<byte[]>>();
        var threads = new ArrayList<Thread>();
        var underLoad = new CountDownLatch(400);
        for (int caller = 0; caller < 4; caller++) {
            threads.add(Thread.startVirtualThread(() -> {
                for (int i = 0; i < 1000; i++) {
                    answers.add(alice.call("bob", ECHO, bytes("load"), LONG));
                    underLoad.countDown();
                }
            }));
        }
        underLoad.await();
        bob.close();
        alice.close();
        for (var thread : threads) {
            thread.join();
        }
        for (var answer : answers) {
            succeeds(answer); // throws when it does not end
        }
        assertThat(answers).hasSize(4000);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    static TransportException failure(CompletableFuture<byte[]> call) {
        try {
            var answer = call.orTimeout(50, TimeUnit.SECONDS).join();
            throw new AssertionError("answered: " + text(answer));
        } catch (CompletionException e) {
            if (e.getCause() instanceof TransportException failure) {
                return failure;
            }
            throw new AssertionError("no outcome at all", e);
        }
    }

    static boolean succeeds(CompletableFuture<byte[]> call) {
        try {
            call.get(50, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no outcome at all", e);
        }
    }

    /** Waits until something is so, for as long as a test may take. */
    static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("never happened");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
