package dev.evenkeel.http;

import io.netty.channel.EventLoop;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way through the handler: out of the event loop to a virtual thread, and back with the answer. One
 * object is both tasks, since it is made for every request.
 */
final class Exchange implements Runnable {

    /** Takes the answer, on the event loop. */
    @FunctionalInterface
    interface Sink {
        void answered(HttpAnswer answer);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final ThreadFactory THREADS = Thread.ofVirtual()
            .name("request")
            .inheritInheritableThreadLocals(false)
            .factory();

    private final RequestHandler handler;
    private final HttpCall call;
    private final EventLoop loop;
    private final Sink sink;
    private @Nullable HttpAnswer answer; // null until the handler is done; handed over by the loop's task queue

    private Exchange(RequestHandler handler, HttpCall call, EventLoop loop, Sink sink) {
        this.handler = handler;
        this.call = call;
        this.loop = loop;
        this.sink = sink;
    }

    static void start(RequestHandler handler, HttpCall call, EventLoop loop, Sink sink) {
        THREADS.newThread(new Exchange(handler, call, loop, sink)).start();
    }

    @Override
    public void run() {
        HttpAnswer given = answer;
        if (given == null) {
            answer = handle();
            if (!loop.isShuttingDown()) {
                loop.execute(this);
            }
        } else {
            sink.answered(given);
        }
    }

    private HttpAnswer handle() {
        try {
            return handler.handle(call);
        } catch (Throwable e) { // whatever it is, the client needs an answer and we need to know
            LOG.error("{} {} failed", call.method(), call.target(), e);
            return HttpAnswer.empty(500);
        }
    }
}
