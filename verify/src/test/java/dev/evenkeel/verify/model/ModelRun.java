package dev.evenkeel.verify.model;

import dev.evenkeel.model.Ticker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One random history, made from one seed, against the database and the model side by side. */
final class ModelRun {
    private static final int READ_PERCENT = 25;
    private static final long CATCH_UP_NANOS_MAX = TimeUnit.SECONDS.toNanos(20);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<TableShape> shapes = Shapes.all();
    private final ModelDatabase model = new ModelDatabase(shapes);
    private final SplittableRandom random;
    private final RandomValues values;
    private final RandomRequests requests;
    private final RandomReads reads;
    private final long seed;
    private Endpoint endpoint;
    private final Tally tally = new Tally();
    private int step;

    /** @param large whether items are so large that ranges take several pages */
    ModelRun(long seed, boolean large, Endpoint endpoint) {
        this.seed = seed;
        this.endpoint = endpoint;
        this.random = new SplittableRandom(seed);
        this.values = new RandomValues(random.split(), large);
        this.requests = new RandomRequests(model, shapes, values);
        this.reads = new RandomReads(model, shapes, values);
    }

    void createTables() {
        for (var shape : shapes) {
            var reply = endpoint.call("CreateTable", shape.createRequest());
            if (!reply.error().isEmpty()) {
                throw new AssertionError("CreateTable: " + reply);
            }
            await("table " + shape.name() + " becomes ACTIVE", () -> isActive(shape));
        }
    }

    private boolean isActive(TableShape shape) {
        var reply = endpoint.call("DescribeTable", Map.of("TableName", shape.name()));
        return "ACTIVE"
                .equals(Wire.asObject(reply.body().getOrDefault("Table", Map.of()))
                        .get("TableStatus"));
    }

    /** Goes on with another client, or with the same database after a restart. */
    void use(Endpoint other) {
        endpoint = other;
    }

    /** What happened so far. */
    Tally tally() {
        return tally;
    }

    /** @throws AssertionError naming the seed and the step, when an answer differs from the model's */
    void steps(int count) {
        for (int i = 0; i < count; i++) {
            step++;
            if (values.percent(READ_PERCENT)) {
                read(reads.read());
            } else {
                request(requests.request());
            }
        }
    }

    private void request(Request request) {
        var body = request.body(random);
        try {
            var expected = model.answer(request);
            var actual = AnswerReader.read(endpoint.call(request.operation(), body));
            var comparable = new Answer(actual.error(), withoutMessage(actual));
            if (!expected.equals(comparable)) {
                throw new AssertionError("expected " + expected + "\n  actual   " + actual);
            }
            count(request, expected);
        } catch (AssertionError | RuntimeException e) {
            throw failure(request.operation() + " " + Wire.write(body), e);
        }
    }

    private void count(Request request, Answer answer) {
        tally.count(request.operation() + (answer.isError() ? " " + answer.error() : ""));
        answer.body().keySet().forEach(field -> tally.count(request.operation() + " with " + field));
        var report = answer.body().getOrDefault("ConsumedCapacity", "").toString();
        tally.countIf(report.contains("LocalSecondaryIndexes"), request.operation() + " charged to a local index");
        tally.countIf(report.contains("GlobalSecondaryIndexes"), request.operation() + " charged to a global index");
    }

    private static Map<String, Object> withoutMessage(Answer answer) {
        if (!answer.isError()) {
            return answer.body();
        }
        var body = new LinkedHashMap<>(answer.body());
        body.keySet().removeAll(List.of("message", "Message", "__type"));
        return body;
    }

    private void read(RangeRead read) {
        var reader = new RangeReader(model, endpoint, random, tally);
        try {
            read.index()
                    .filter(IndexShape::global)
                    .ifPresent(index -> await(
                            "index " + index.name() + " of " + read.table().name() + " catches up",
                            () -> reader.hasCaughtUp(read.table(), index)));
            reader.check(read);
        } catch (AssertionError | RuntimeException e) {
            throw failure(read.toString(), e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = Ticker.system().nanos() + CATCH_UP_NANOS_MAX;
        while (!condition.getAsBoolean()) {
            if (Ticker.system().nanos() - deadline > 0) {
                throw new AssertionError("never: " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private AssertionError failure(String request, Throwable cause) {
        return new AssertionError(
                "seed " + seed + ", step " + step + ": " + request + "\n  " + cause.getMessage(), cause);
    }
}
