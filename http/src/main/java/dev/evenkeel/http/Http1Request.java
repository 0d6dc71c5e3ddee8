package dev.evenkeel.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 request while it arrives and while it waits for its turn. */
final class Http1Request {
    private static final int NO_PROBLEM = 0;

    private final HttpRequest head;
    private final BodyBuilder body;
    private final int bodyBytesMax;
    private final Http1Answers.Persistence persistence;
    private int problem; // the status it is refused with, or NO_PROBLEM

    Http1Request(HttpRequest head, int bodyBytesMax) {
        this.head = head;
        this.bodyBytesMax = bodyBytesMax;
        long announced = announcedLength(head);
        this.body = new BodyBuilder(announced);
        this.problem = problemOf(head, announced, bodyBytesMax);
        this.persistence = problem == NO_PROBLEM ? persistenceOf(head) : Http1Answers.Persistence.CLOSES;
    }

    private static long announcedLength(HttpRequest head) {
        String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException _) {
            return -1; // the decoder has already called the request malformed
        }
    }

    private static int problemOf(HttpRequest head, long announced, int bodyBytesMax) {
        if (head.decoderResult().isFailure()) {
            return switch (head.decoderResult().cause()) {
                case TooLongHttpLineException _ -> 414;
                case TooLongHttpHeaderException _ -> 431;
                default -> 400;
            };
        }
        HttpHeaders headers = head.headers();
        if (headers.contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(head)) {
            return 417;
        }
        return announced > bodyBytesMax ? 413 : NO_PROBLEM;
    }

    private static Http1Answers.Persistence persistenceOf(HttpRequest head) {
        if (!HttpUtil.isKeepAlive(head)) {
            return Http1Answers.Persistence.CLOSES;
        }
        return head.protocolVersion().equals(HttpVersion.HTTP_1_0)
                ? Http1Answers.Persistence.STAYS_AND_SAYS_SO
                : Http1Answers.Persistence.STAYS;
    }

    /** Takes the next piece of the body, or notes why it cannot. */
    void append(HttpContent piece) {
        if (piece.decoderResult().isFailure()) {
            problem = 400;
        } else if (body.length() + (long) piece.content().readableBytes() > bodyBytesMax) {
            problem = 413;
        } else {
            body.append(piece.content());
        }
    }

    boolean isRefused() {
        return problem != NO_PROBLEM;
    }

    /** The answer of a refused request. AWS answers an oversize body with an empty chunked one; ours has a length. */
    HttpAnswer refusal() {
        return HttpAnswer.empty(problem);
    }

    boolean expectsContinue() {
        return HttpUtil.is100ContinueExpected(head);
    }

    boolean isHead() {
        return head.method().equals(HttpMethod.HEAD);
    }

    int bodyLength() {
        return body.length();
    }

    Http1Answers.Persistence persistence() {
        return isRefused() ? Http1Answers.Persistence.CLOSES : persistence;
    }

    /** The value of HTTP2-Settings when the client asks to go on in HTTP/2, else null. */
    @Nullable
    String http2Settings() {
        HttpHeaders headers = head.headers();
        if (!headers.contains(HttpHeaderNames.UPGRADE)
                || !headers.containsValue(HttpHeaderNames.UPGRADE, "h2c", true)
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE, true)) {
            return null;
        }
        return headers.get("http2-settings");
    }

    HttpCall call() {
        return new HttpCall(head.method().name(), head.uri(), head.headers()::get, body.build());
    }
}
