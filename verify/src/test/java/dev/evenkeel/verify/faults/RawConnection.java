package dev.evenkeel.verify.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** A socket to which anything can be sent. */
final class RawConnection implements AutoCloseable {
    private static final int ANSWER_MILLIS_MAX = 90_000;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3})");

    private final Socket socket = new Socket();

    RawConnection(URI server) throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more comes, and gives all that is answered; a connection that is reset answers what it did. */
    String endAndReadAll() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (IOException _) {
            // the server has ended it already
        }
        return readAll();
    }

    /** Everything until the server ends the connection; that it does not is the failure. */
    String readAll() throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, count);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server neither answers nor ends the connection", e);
        } catch (IOException _) {
            return all.toString(StandardCharsets.ISO_8859_1);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The status codes in what was answered. */
    static List<Integer> statuses(String answer) {
        return STATUS.matcher(answer)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
