package dev.evenkeel.verify.gameday;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target that says back whatever it hears, behind the proxy. */
final class FaultyProxyTest {
    /** To see that nothing comes one has to wait a little; that something comes is waited for as long as it takes. */
    private static final int SILENCE_MILLIS = 50;

    private static final int ANSWER_MILLIS_MAX = 20_000;

    private final ServerSocket target;
    private final FaultyProxy proxy;

    FaultyProxyTest() throws IOException {
        target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = FaultyProxy.to(target.getLocalPort());
    }

    @BeforeEach
    void echo() {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var socket = target.accept();
                    Thread.ofVirtual().start(() -> echo(socket));
                }
            } catch (IOException _) {
                // the test is over
            }
        });
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException _) {
            // reset
        }
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        target.close();
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        return socket;
    }

    private static void send(Socket socket, int... bytes) throws IOException {
        for (int one : bytes) {
            socket.getOutputStream().write(one);
        }
    }

    private static int receive(Socket socket) throws IOException {
        return socket.getInputStream().read();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> receive(socket)).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
    }

    @Test
    void carriesBothWays() throws IOException {
        try (var socket = connect()) {
            send(socket, 7);
            assertThat(receive(socket)).isEqualTo(7);
            socket.shutdownOutput();
            assertThat(receive(socket)).isEqualTo(-1);
        }
    }

    @Test
    void keepsNothingOfConnectionsThatEnded() throws IOException, InterruptedException {
        for (int i = 0; i < 20; i++) {
            carriesBothWays();
        }
        boolean isEmpty = new DayClock(Ticker.system()).await(() -> proxy.openSockets() == 0, Duration.ofSeconds(20));
        assertThat(isEmpty).as("%d sockets are kept", proxy.openSockets()).isTrue();
    }

    @Test
    void holdsBackUntilMended() throws IOException {
        try (var socket = connect()) {
            proxy.there().stall();
            send(socket, 7);
            assertSilent(socket);
            proxy.mend();
            assertThat(receive(socket)).isEqualTo(7);
        }
    }

    @Test
    void cutsOneWay() throws IOException {
        try (var socket = connect()) {
            proxy.back().stall();
            send(socket, 7); // arrives, but what comes back does not
            assertSilent(socket);
            proxy.back().mend();
            assertThat(receive(socket)).isEqualTo(7);
        }
    }

    @Test
    void refuses() throws IOException {
        try (var socket = connect()) {
            send(socket, 7);
            assertThat(receive(socket)).isEqualTo(7);
            proxy.refuse();
            assertThatThrownBy(() -> receive(socket)).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> {
                    try (var again = connect()) {
                        send(again, 7);
                        if (receive(again) < 0) {
                            throw new IOException("closed");
                        }
                    }
                })
                .isInstanceOf(IOException.class);
        proxy.mend();
        try (var socket = connect()) {
            send(socket, 8);
            assertThat(receive(socket)).isEqualTo(8);
        }
    }

    @Test
    void flipsOneBit() throws IOException {
        try (var socket = connect()) {
            proxy.there().flipNextBit();
            send(socket, 7);
            assertThat(Integer.bitCount(receive(socket) ^ 7)).isEqualTo(1);
            send(socket, 7);
            assertThat(receive(socket)).isEqualTo(7);
            assertThat(proxy.there().isToFlip()).isFalse();
        }
    }

    @Test
    void slowsDown() throws IOException {
        try (var socket = connect()) {
            proxy.there().delay(Duration.ofHours(1));
            send(socket, 7);
            assertSilent(socket);
            proxy.mend(); // also for what is waiting
            assertThat(receive(socket)).isEqualTo(7);
        }
    }
}
