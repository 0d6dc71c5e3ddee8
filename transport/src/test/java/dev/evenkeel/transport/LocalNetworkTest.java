package dev.evenkeel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.transport.TransportException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class LocalNetworkTest extends TransportContract {
    private final LocalNetwork network = new LocalNetwork(Thread::startVirtualThread, LIMITS);

    @Override
    Transport open(String id) {
        return network.node(id);
    }

    @Override
    void cut(String one, String other) {
        network.cut(one, other);
    }

    @Override
    void heal(String one, String other) {
        network.heal(one, other);
    }

    @Test
    void aNodeIsTheSameUntilItCloses() {
        assertThat(network.node("alice")).isSameAs(alice);
        alice.close();
        assertThat(network.node("alice")).isNotSameAs(alice);
        network.node("alice").close();
    }

    @Test
    void nothingIsCopied() {
        var request = bytes("the same");
        assertThat(alice.call("bob", ECHO, request, LONG).join()).isSameAs(request);
    }

    @Test
    void silenceSwallowsRequestsOneWay() {
        serving(alice);
        network.silence("alice", "bob");
        assertThat(failure(alice.call("bob", HANG, bytes("?"), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
        assertThat(hung).isEmpty();
        assertThat(failure(bob.call("alice", HANG, bytes("?"), SHORT)).kind()).isEqualTo(Kind.TIMED_OUT);
        await(() -> hung.size() == 1); // the request came; its answer has no way back
        network.heal();
        assertThat(alice.call("bob", ECHO, bytes("?"), LONG).join()).isNotEmpty();
        assertThat(bob.call("alice", ECHO, bytes("?"), LONG).join()).isNotEmpty();
    }

    @Test
    void delayedRequestsArriveInOrder() {
        var arrived = new ConcurrentLinkedQueue<String>();
        bob.serve(9, (from, request) -> {
            arrived.add(text(request));
            return CompletableFuture.completedFuture(request);
        });
        network.delay("alice", "bob", Duration.ofMillis(20));
        network.delay("bob", "alice", Duration.ofMillis(20));
        long began = System.nanoTime();
        var calls = new ArrayList<CompletableFuture<byte[]>>();
        var expected = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            expected.add("" + i);
            calls.add(alice.call("bob", 9, bytes("" + i), LONG));
        }
        calls.forEach(CompletableFuture::join);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(40_000_000);
        assertThat(arrived).containsExactlyElementsOf(expected);
    }

    @Test
    void whatWasUnderWayWhenALinkWasCutNeverArrives() {
        network.delay("alice", "bob", Duration.ofMillis(20));
        var lost = alice.call("bob", HANG, bytes("?"), LONG);
        network.cut("alice", "bob");
        network.heal("alice", "bob");
        assertThat(failure(lost).kind()).isEqualTo(Kind.CONNECTION_LOST);
        network.delay("alice", "bob", Duration.ofMillis(1));
        assertThat(alice.call("bob", ECHO, bytes("after it on the same link"), LONG)
                        .join())
                .isNotEmpty();
        assertThat(hung).isEmpty();
    }
}
