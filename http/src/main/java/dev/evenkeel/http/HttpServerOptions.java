package dev.evenkeel.http;

import java.time.Duration;

/**
 * How a server behaves.
 *
 * @param host address or name to listen on
 * @param port 0 takes a free one
 * @param bodyBytesMax a longer body is answered 413
 * @param headBytesMax a longer request line is answered 414, longer headers 431
 * @param requestTimeout from the first byte of a request to its last; also how long a client may leave an answer unread
 * @param idleTimeout how long a connection may stay open between requests
 * @param shutdownTimeout how long closing waits for requests under way
 * @param ioThreads threads that read and write sockets
 */
public record HttpServerOptions(
        String host,
        int port,
        int bodyBytesMax,
        int headBytesMax,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration shutdownTimeout,
        int ioThreads) {

    /** DynamoDB's own bound on a request, measured by dynalite: one byte more is answered 413. */
    public static final int DYNAMO_BODY_BYTES_MAX = 16 * 1024 * 1024;

    /** Room for a session token of 2 KB and a generous user agent; clients of AWS stay below 8 KB. */
    private static final int HEAD_BYTES_MAX = 32 * 1024;

    /**
     * One I/O thread feeds about four cores' worth of handlers. A second one on two cores made each request a third
     * dearer: less is read per wake-up.
     */
    private static final int CORES_PER_IO_THREAD = 4;

    /** What suits a development machine: loopback only, port 8000. */
    public static HttpServerOptions defaults() {
        return new HttpServerOptions(
                "localhost",
                8000,
                DYNAMO_BODY_BYTES_MAX,
                HEAD_BYTES_MAX,
                Duration.ofSeconds(30),
                Duration.ofMinutes(10),
                Duration.ofSeconds(10),
                Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_IO_THREAD));
    }

    public HttpServerOptions withAddress(String newHost, int newPort) {
        return new HttpServerOptions(
                newHost, newPort, bodyBytesMax, headBytesMax, requestTimeout, idleTimeout, shutdownTimeout, ioThreads);
    }

    public HttpServerOptions withBodyBytesMax(int newBodyBytesMax) {
        return new HttpServerOptions(
                host, port, newBodyBytesMax, headBytesMax, requestTimeout, idleTimeout, shutdownTimeout, ioThreads);
    }

    public HttpServerOptions withTimeouts(Duration newRequestTimeout, Duration newIdleTimeout) {
        return new HttpServerOptions(
                host, port, bodyBytesMax, headBytesMax, newRequestTimeout, newIdleTimeout, shutdownTimeout, ioThreads);
    }

    public HttpServerOptions withShutdownTimeout(Duration newShutdownTimeout) {
        return new HttpServerOptions(
                host, port, bodyBytesMax, headBytesMax, requestTimeout, idleTimeout, newShutdownTimeout, ioThreads);
    }

    public HttpServerOptions withIoThreads(int newIoThreads) {
        return new HttpServerOptions(
                host, port, bodyBytesMax, headBytesMax, requestTimeout, idleTimeout, shutdownTimeout, newIoThreads);
    }
}
