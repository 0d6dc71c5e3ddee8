package dev.evenkeel.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Stands between two nodes and does to their bytes what networks do. */
final class Proxy implements AutoCloseable {

    /** Sees every chunk that passes, may change it in place. */
    @FunctionalInterface
    interface Tamper {
        void touch(byte[] bytes, int length);
    }

    private static final int RECEIVE_BYTES = 64 * 1024;

    private final Supplier<PeerAddress> target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connectionsMade = new AtomicInteger();
    private volatile boolean cut;
    private volatile CountDownLatch frozen = new CountDownLatch(0);
    private volatile Tamper tamper = (bytes, length) -> {};

    Proxy(Supplier<PeerAddress> target) {
        this.target = target;
        try {
            this.listener = new ServerSocket();
            listener.setReceiveBufferSize(RECEIVE_BYTES); // so that what stands still is with the nodes
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    PeerAddress address() {
        return new PeerAddress("127.0.0.1", listener.getLocalPort());
    }

    int connectionsMade() {
        return connectionsMade.get();
    }

    /** Closes every connection and takes no other. */
    void cut() {
        cut = true;
        sockets.forEach(Proxy::shut);
        sockets.clear();
    }

    void heal() {
        cut = false;
    }

    /** Connections stay open, and nothing passes any more. */
    void freeze() {
        frozen = new CountDownLatch(1);
    }

    void thaw() {
        frozen.countDown();
    }

    void tamper(Tamper newTamper) {
        tamper = newTamper;
    }

    private void accept() {
        try {
            while (true) {
                var here = listener.accept();
                if (cut) {
                    here.close();
                } else {
                    connect(here);
                }
            }
        } catch (IOException e) {
            cut(); // closed
        }
    }

    private void connect(Socket here) throws IOException {
        var there = new Socket();
        try {
            var to = target.get();
            there.connect(new InetSocketAddress(to.host(), to.port()));
        } catch (IOException e) {
            here.close();
            return;
        }
        connectionsMade.incrementAndGet();
        sockets.add(here);
        sockets.add(there);
        Thread.ofPlatform().daemon().start(() -> copy(here, there));
        Thread.ofPlatform().daemon().start(() -> copy(there, here));
        if (cut) {
            cut();
        }
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[16 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                frozen.await();
                tamper.touch(buffer, length);
                out.write(buffer, 0, length);
            }
        } catch (IOException | InterruptedException e) {
            // the end of a connection, which is passed on by closing both
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        thaw();
        cut();
    }
}
