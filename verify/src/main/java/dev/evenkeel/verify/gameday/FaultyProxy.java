package dev.evenkeel.verify.gameday;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Carries connections to a port of this machine, and does to their bytes what {@link Flow} says. */
public final class FaultyProxy implements AutoCloseable {
    private static final int CARRIED_BYTES_MAX = 64 * 1024;
    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final int targetPort;
    private final Flow there = new Flow();
    private final Flow back = new Flow();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean refuses;
    private volatile boolean closed;

    private FaultyProxy(ServerSocket listener, int targetPort) {
        this.listener = listener;
        this.targetPort = targetPort;
    }

    static FaultyProxy to(int targetPort) throws IOException {
        var listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        var proxy = new FaultyProxy(listener, targetPort);
        Thread.ofVirtual().name("proxy-to-" + targetPort).start(proxy::accept);
        return proxy;
    }

    /** Of connections that have not ended, both sides of each. */
    int openSockets() {
        return sockets.size();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** From whoever connects to the target. */
    Flow there() {
        return there;
    }

    Flow back() {
        return back;
    }

    /** Resets every connection, and every new one at once, until {@link #mend}. */
    void refuse() {
        refuses = true;
        resetAll();
    }

    void mend() {
        refuses = false;
        there.mend();
        back.mend();
    }

    private void resetAll() {
        sockets.forEach(FaultyProxy::reset);
    }

    /** Without lingering a close is a reset: the other side is not led to believe that everything was said. */
    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
            socket.close();
        } catch (IOException e) {
            // it was closed already
        }
    }

    private void accept() {
        while (!closed) {
            try {
                carry(listener.accept());
            } catch (IOException e) {
                // closed, or the one who connected is gone again
            }
        }
    }

    private void carry(Socket client) {
        sockets.add(client);
        if (refuses) {
            forget(client);
            return;
        }
        Socket target;
        try {
            target = new Socket(InetAddress.getLoopbackAddress(), targetPort);
        } catch (IOException e) { // nobody is there: the one who connected is told, late, by a reset
            forget(client);
            return;
        }
        sockets.add(target);
        if (refuses || closed) {
            resetAll();
        }
        var hasEnded = new AtomicBoolean();
        Thread.ofVirtual().start(() -> pump(client, target, there, hasEnded));
        Thread.ofVirtual().start(() -> pump(target, client, back, hasEnded));
    }

    /** @param hasEnded whether the other direction has, in order */
    private void pump(Socket from, Socket to, Flow flow, AtomicBoolean hasEnded) {
        var bytes = new byte[CARRIED_BYTES_MAX];
        try {
            from.setTcpNoDelay(true);
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                flow.pass(bytes, length);
                out.write(bytes, 0, length);
            }
            flow.pass(bytes, 0); // the end, too, goes no other way
            to.shutdownOutput();
            if (hasEnded.getAndSet(true)) { // the other direction was first: there is nothing more to say
                end(from);
                end(to);
            }
        } catch (IOException e) {
            forget(from);
            forget(to);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not by a reset, which would overtake what was said last. */
    private void end(Socket socket) throws IOException {
        sockets.remove(socket);
        socket.close();
    }

    private void forget(Socket socket) {
        sockets.remove(socket);
        reset(socket);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        mend(); // nobody waits for ever
        listener.close();
        resetAll();
    }
}
