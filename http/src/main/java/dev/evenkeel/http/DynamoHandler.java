package dev.evenkeel.http;

import dev.evenkeel.api.ErrorEnvelope;
import dev.evenkeel.api.Operation;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DynamoDB's protocol: JSON 1.0 over POST, the operation in {@code X-Amz-Target}, a request id and a CRC-32 on every
 * answer. What is checked in which order follows what dynalite measured against AWS (its {@code test/connection.js}):
 * method and content type, is it JSON, is there such an operation, is there a signature; then the operation's own rules.
 *
 * <p>Any credentials will do: that a signature is there is checked, since clients are tested against that, its value is not.
 */
public final class DynamoHandler implements RequestHandler {

    /** Carries out operations; their input has been read, its constraints are not checked yet. */
    @FunctionalInterface
    public interface Executor {
        /** @throws DynamoException what the client is told */
        <I, O> O execute(Operation<I, O> operation, I input);
    }

    private static final Logger LOG = LoggerFactory.getLogger(DynamoHandler.class);
    private static final String JSON_1_0 = "application/x-amz-json-1.0";
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String TARGET_PREFIX = "DynamoDB_20120810.";
    private static final String STREAMS_PREFIX = "DynamoDBStreams_20120810.";
    private static final Duration UNAVAILABLE_TOLD_EVERY = Duration.ofSeconds(1);
    private static final byte[] NOTHING = {};

    /** What AWS sends for a request that is not for this protocol at all. */
    private static final byte[] NOT_OURS = "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);

    /** Pages and levers beside the protocol, for operators. */
    @FunctionalInterface
    public interface Pages {
        /** The JSON under that path, without a query; empty when there is none. */
        Optional<byte[]> page(String path);

        /**
         * Does what a POST to that path asks for.
         *
         * @return the answer as JSON; empty when there is no such lever
         * @throws IllegalStateException when it cannot be done, with the reason for the operator
         * @throws DynamoException when it cannot be done here and now
         */
        default Optional<byte[]> pull(String path) {
            return Optional.empty();
        }
    }

    /** A page in a browser cannot send it to another site unasked, so that no site can pull a lever of ours. */
    private static final String OPERATOR_HEADER = "x-evenkeel-operator";

    private final byte[] health;
    private final Executor executor;
    private final Pages pages;
    private final RequestIds requestIds = new RequestIds();
    private final Ticker ticker = Ticker.system();
    private final AtomicLong unavailableDueNanos = new AtomicLong(ticker.nanos());

    /** @param region the region this endpoint says it is, e.g. {@code us-east-1} */
    public DynamoHandler(String region, Executor executor) {
        this(region, executor, _ -> Optional.empty());
    }

    /** @param pages what GET is answered with besides the health of all other paths */
    public DynamoHandler(String region, Executor executor, Pages pages) {
        this.pages = pages;
        this.health = ("healthy: dynamodb." + region + ".amazonaws.com ").getBytes(StandardCharsets.US_ASCII);
        this.executor = executor;
    }

    @Override
    public HttpAnswer handle(HttpCall call) {
        String requestId = requestIds.next();
        if (call.header("origin") != null && call.method().equals("OPTIONS")) {
            return new HttpAnswer(200, Cors.preflight(call, requestId), NOTHING);
        }
        if (call.method().equals("GET")) {
            return pages.page(path(call.target()))
                    .map(page -> answer(call, requestId, 200, JSON, page))
                    .orElseGet(() -> answer(call, requestId, 200, null, health));
        }
        if (call.method().equals("POST") && call.header(OPERATOR_HEADER) != null) {
            return pulled(call, requestId);
        }
        String contentType = mediaType(call.header("content-type"));
        if (!call.method().equals("POST") || (call.body().length > 0 && !isJson(contentType))) {
            return answer(call, requestId, 404, null, NOT_OURS);
        }
        return answerJson(call, requestId, contentType.equals(JSON_1_0) ? JSON_1_0 : JSON);
    }

    private HttpAnswer pulled(HttpCall call, String requestId) {
        try {
            return pages.pull(path(call.target()))
                    .map(done -> answer(call, requestId, 200, JSON, done))
                    .orElseGet(() -> answer(call, requestId, 404, null, NOT_OURS));
        } catch (IllegalStateException refused) {
            byte[] reason = String.valueOf(refused.getMessage()).getBytes(StandardCharsets.UTF_8);
            return answer(call, requestId, 409, TEXT, reason);
        } catch (DynamoException failed) {
            byte[] reason = String.valueOf(failed.getMessage()).getBytes(StandardCharsets.UTF_8);
            return answer(call, requestId, failed.code().httpStatus(), TEXT, reason);
        }
    }

    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "";
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip();
    }

    private static boolean isJson(String mediaType) {
        return mediaType.equals(JSON_1_0) || mediaType.equals(JSON);
    }

    private HttpAnswer answerJson(HttpCall call, String requestId, String contentType) {
        int status = 200;
        var body = new BodySink();
        try {
            execute(call, body);
        } catch (DynamoException failure) {
            if (failure.code().blame() == ErrorCode.Blame.SERVICE && isToBeLogged(failure)) {
                LOG.error("Request {} ({}): {}", requestId, call.header("x-amz-target"), failure.getMessage());
            }
            status = failure.code().httpStatus();
            body.clear();
            ErrorEnvelope.write(failure, body);
        } catch (ContentEncoding.TooLargeException _) {
            return HttpAnswer.empty(413);
        } catch (Throwable unexpected) { // a mistake of ours; the client learns nothing of our insides
            LOG.error("Request {} ({}) failed", requestId, call.header("x-amz-target"), unexpected);
            status = ErrorCode.INTERNAL_SERVER_ERROR.httpStatus();
            body.clear();
            ErrorEnvelope.write(new DynamoException(ErrorCode.INTERNAL_SERVER_ERROR, "Internal server error"), body);
        }
        return answer(call, requestId, status, contentType, body.toBytes());
    }

    /** Of requests that come before a node can answer, or while it cannot, all are alike: one a second is told. */
    private boolean isToBeLogged(DynamoException failure) {
        if (failure.code() != ErrorCode.SERVICE_UNAVAILABLE) {
            return true;
        }
        long now = ticker.nanos();
        long due = unavailableDueNanos.get();
        return now - due >= 0 && unavailableDueNanos.compareAndSet(due, now + UNAVAILABLE_TOLD_EVERY.toNanos());
    }

    private void execute(HttpCall call, BodySink to) {
        byte[] body = ContentEncoding.decoded(call);
        Optional<Operation<?, ?>> operation = operation(call.header("x-amz-target"));
        Optional<DynamoException> refusal = operation.isEmpty() ? Optional.of(unknown()) : Authentication.problem(call);
        if (refusal.isPresent()) {
            throw body.length == 0 || JsonSyntax.isJson(body) ? refusal.get() : notJson();
        }
        if (body.length == 0) {
            throw notJson();
        }
        execute(operation.orElseThrow(), body, to);
    }

    private <I, O> void execute(Operation<I, O> operation, byte[] body, BodySink to) {
        I input = operation.read(body);
        operation.write(executor.execute(operation, input), to);
    }

    private static Optional<Operation<?, ?>> operation(@Nullable String target) {
        if (target == null) {
            return Optional.empty();
        }
        boolean isOfStreams = target.startsWith(STREAMS_PREFIX);
        var prefix = isOfStreams ? STREAMS_PREFIX : TARGET_PREFIX;
        return target.startsWith(prefix)
                ? Operation.named(target.substring(prefix.length()))
                        .filter(operation -> operation.isOfStreams() == isOfStreams)
                : Optional.empty();
    }

    /** AWS says nothing of a name that it does not know. */
    private static DynamoException unknown() {
        return new DynamoException(ErrorCode.UNKNOWN_OPERATION, "");
    }

    private static DynamoException notJson() {
        return new DynamoException(ErrorCode.SERIALIZATION, "");
    }

    private static HttpAnswer answer(
            HttpCall call, String requestId, int status, @Nullable String contentType, byte[] body) {
        var crc = new CRC32();
        crc.update(body, 0, body.length);
        List<String> headers = new ArrayList<>(12);
        if (contentType != null) {
            headers.add("Content-Type");
            headers.add(contentType);
        }
        headers.add("x-amzn-RequestId");
        headers.add(requestId);
        headers.add("x-amz-crc32");
        headers.add(Long.toString(crc.getValue()));
        Cors.addTo(headers, call);
        return new HttpAnswer(status, headers, body);
    }
}
