package dev.evenkeel.verify.model;

import dev.evenkeel.verify.Waiting;
import dev.evenkeel.verify.gameday.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** One random history, made from one seed, against the database and the model side by side. */
final class ModelRun {
    /** The payload that makes items large, which nobody wants to read. */
    private static final Pattern LONG_TEXT = Pattern.compile("([0-9a-z]{20})[0-9a-z]{40,}");

    private static final int READ_PERCENT = 25;

    private final ModelDatabase model = new ModelDatabase(Shapes.all());
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
        this.requests = new RandomRequests(model, values);
        this.reads = new RandomReads(model, values);
    }

    void createTables() {
        for (var shape : model.shapes()) {
            demand("CreateTable", shape.createRequest());
            Waiting.await("table " + shape.name() + " becomes ACTIVE", () -> isActive(shape.name()));
        }
    }

    private Map<String, Object> demand(String operation, Map<String, Object> body) {
        var reply = endpoint.call(operation, body);
        if (!reply.error().isEmpty()) {
            throw new AssertionError(operation + " " + body + ": " + reply);
        }
        return reply.body();
    }

    /** Whether the table and all its global indexes are, and none is on its way out. */
    private boolean isActive(String table) {
        var description = Wire.asObject(
                demand("DescribeTable", Map.of("TableName", table)).getOrDefault("Table", Map.of()));
        return "ACTIVE".equals(description.get("TableStatus"))
                && Wire.asList(description.getOrDefault("GlobalSecondaryIndexes", List.of())).stream()
                        .allMatch(index -> "ACTIVE".equals(Wire.asObject(index).get("IndexStatus")));
    }

    /** Gives a table in use its late index, which has to be filled from the items there are, or takes it away. */
    void alterAnIndex() {
        var shape = values.one(model.shapes().stream()
                .filter(it -> Shapes.late(it).isPresent())
                .toList());
        var index = Shapes.late(shape).orElseThrow();
        boolean drop = shape.indexes().contains(index);
        var request = new LinkedHashMap<String, Object>();
        request.put("TableName", shape.name());
        request.put(
                "GlobalSecondaryIndexUpdates",
                List.of(
                        drop
                                ? Map.of("Delete", Map.of("IndexName", index.name()))
                                : Map.of("Create", TableShape.indexTree(index))));
        if (!drop) {
            request.put(
                    "AttributeDefinitions",
                    index.key().stream()
                            .map(part -> Map.of("AttributeName", part.name(), "AttributeType", part.type()))
                            .toList());
        }
        try {
            demand("UpdateTable", request);
            Waiting.await("table " + shape.name() + " becomes ACTIVE again", () -> isActive(shape.name()));
        } catch (AssertionError | RuntimeException e) {
            throw failure("UpdateTable " + Json.write(request), e);
        }
        model.table(shape.name()).reshape(drop ? shape.without(index) : shape.with(index));
        tally.count(drop ? "index dropped" : "index created");
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
            throw failure(request.operation() + " " + Json.write(body), e);
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
                    .ifPresent(index -> Waiting.await(
                            "index " + index.name() + " of " + read.table().name() + " catches up",
                            () -> reader.hasCaughtUp(read.table(), index)));
            reader.check(read);
        } catch (AssertionError | RuntimeException e) {
            throw failure(read.toString(), e);
        }
    }

    private AssertionError failure(String request, Throwable cause) {
        var message = "seed " + seed + ", step " + step + ": " + request + "\n  " + cause.getMessage();
        return new AssertionError(LONG_TEXT.matcher(message).replaceAll("$1…"), cause);
    }
}
