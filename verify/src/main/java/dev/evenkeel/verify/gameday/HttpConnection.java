package dev.evenkeel.verify.gameday;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection, for one thread. A client of our own, because a history must know what a library would hide:
 * whether a request can have left at all, and that no request is sent twice.
 */
final class HttpConnection implements AutoCloseable {
    private static final String CONTENT_LENGTH = "content-length:";

    /** The right form with no secret behind it; Evenkeel accepts any here. */
    private static final String SIGNATURE =
            "AWS4-HMAC-SHA256 Credential=gameday/20261123/us-east-1/dynamodb/aws4_request, "
                    + "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0".repeat(64);

    private static final String DATE = "date:";

    /** @param time of the server's clock, if it told it */
    record Answer(int status, Optional<Instant> time, String body) {
        private static final int OK = 200;
        private static final int SERVER_ERROR_MIN = 500;

        boolean isOk() {
            return status == OK;
        }

        /** Whether nobody can tell what became of the request. */
        boolean isServerError() {
            return status >= SERVER_ERROR_MIN;
        }
    }

    private final InetSocketAddress address;
    private final int timeMaxMillis;

    /** Null before the first request and after a failure. */
    private @Nullable Socket socket;

    private @Nullable InputStream in;

    /** @param timeMax for connecting, and for each read of an answer */
    HttpConnection(InetSocketAddress address, Duration timeMax) {
        this.address = address;
        this.timeMaxMillis = Math.toIntExact(timeMax.toMillis());
    }

    /**
     * Sends an operation of DynamoDB.
     *
     * @throws NotSentException when it surely did not reach anybody
     * @throws IOException when there is no answer; nobody knows what became of it
     */
    Answer post(String operation, String body) throws IOException {
        var content = body.getBytes(StandardCharsets.UTF_8);
        return exchange(
                "POST / HTTP/1.1\r\nHost: " + host() + "\r\n"
                        + "Content-Type: application/x-amz-json-1.0\r\n"
                        + "X-Amz-Target: DynamoDB_20120810." + operation + "\r\n"
                        + "X-Amz-Date: 20261123T000000Z\r\n"
                        + "Authorization: " + SIGNATURE + "\r\n"
                        + "Content-Length: " + content.length + "\r\n\r\n",
                content);
    }

    /** As {@link #post}. */
    Answer get(String path) throws IOException {
        return exchange("GET " + path + " HTTP/1.1\r\nHost: " + host() + "\r\n\r\n", new byte[0]);
    }

    private String host() {
        return address.getHostString() + ":" + address.getPort();
    }

    private Answer exchange(String head, byte[] content) throws IOException {
        connect();
        try {
            return exchangeConnected(head, content);
        } catch (IOException e) {
            close(); // where the next answer would begin is unknown
            throw e;
        }
    }

    private void connect() throws NotSentException {
        if (socket != null) {
            return;
        }
        var opened = new Socket();
        try {
            opened.setTcpNoDelay(true);
            opened.setSoTimeout(timeMaxMillis);
            opened.connect(address, timeMaxMillis);
            in = new BufferedInputStream(opened.getInputStream());
            socket = opened;
        } catch (IOException e) {
            closeQuietly(opened);
            throw new NotSentException(e);
        }
    }

    private Answer exchangeConnected(String head, byte[] content) throws IOException {
        var current = socket;
        var source = in;
        if (current == null || source == null) {
            throw new IllegalStateException("not connected");
        }
        var request = new byte[head.length() + content.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(content, 0, request, head.length(), content.length);
        current.getOutputStream().write(request);
        return receive(source);
    }

    private static Answer receive(InputStream source) throws IOException {
        var statusLine = line(source);
        int length = -1;
        var time = Optional.<Instant>empty();
        for (var line = line(source); !line.isEmpty(); line = line(source)) {
            if (isNamed(CONTENT_LENGTH, line)) {
                length = Integer.parseInt(value(CONTENT_LENGTH, line));
            } else if (isNamed(DATE, line)) {
                time = Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value(DATE, line), Instant::from));
            }
        }
        if (length < 0) {
            throw new IOException("an answer of unknown length: " + statusLine);
        }
        var body = source.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an answer ended early");
        }
        return new Answer(status(statusLine), time, new String(body, StandardCharsets.UTF_8));
    }

    private static boolean isNamed(String name, String line) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }

    private static String value(String name, String line) {
        return line.substring(name.length()).strip();
    }

    private static int status(String line) throws IOException {
        var words = line.split(" ", 3);
        try {
            return Integer.parseInt(words[1]);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new IOException("not an answer: " + line, e);
        }
    }

    private static String line(InputStream source) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = source.read();
            if (next < 0) {
                throw new EOFException("the connection was closed before an answer");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public void close() {
        var current = socket;
        socket = null;
        in = null;
        if (current != null) {
            closeQuietly(current);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }
}
