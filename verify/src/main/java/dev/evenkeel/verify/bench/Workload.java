package dev.evenkeel.verify.bench;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a round asks for. One request is one operation, a batch too. */
enum Workload {
    PUT("put", "PutItem of one 900-byte item", 0),
    GET("get", "GetItem of one 900-byte item", 100),
    QUERY("query", "Query for a collection of ten 900-byte items", 100),
    BATCH_WRITE("batch-write", "BatchWriteItem of 25 items of 900 bytes", 0),
    BATCH_GET("batch-get", "BatchGetItem of 25 items of 900 bytes", 100),
    TRANSACT_WRITE("transact-write", "TransactWriteItems of one 900-byte item, with a token", 0),
    TRANSACT_GET("transact-get", "TransactGetItems of one 900-byte item", 100),
    TRANSACT_WRITE_TEN("transact-write-10", "TransactWriteItems of ten 900-byte items of one table, with a token", 0),
    TRANSACT_GET_TEN("transact-get-10", "TransactGetItems of ten 900-byte items of one table", 100),
    PUT_SPREAD("put-spread", "PutItem of one 900-byte item in one of ten tables", 0),
    GET_SPREAD("get-spread", "GetItem of one 900-byte item of one of ten tables", 100),
    TRANSACT_WRITE_SPREAD(
            "transact-write-spread", "TransactWriteItems of ten 900-byte items of ten tables, with a token", 0),
    TRANSACT_GET_SPREAD("transact-get-spread", "TransactGetItems of ten 900-byte items of ten tables", 100),
    YCSB_A("a", "YCSB A: half GetItem, half PutItem", 50),
    YCSB_B("b", "YCSB B: 95 % GetItem, 5 % PutItem", 95);

    private final String label;
    private final String description;
    private final int readPercent;

    Workload(String label, String description, int readPercent) {
        this.label = label;
        this.description = description;
        this.readPercent = readPercent;
    }

    /** The name on the command line. */
    String label() {
        return label;
    }

    String description() {
        return description;
    }

    /** Reads in a hundred requests. */
    int readPercent() {
        return readPercent;
    }

    /** Whether it runs on the table with a sort key. */
    boolean needsCollections() {
        return this == QUERY;
    }

    /** Whether it runs on many tables, which a cluster puts into different groups. */
    boolean needsSpread() {
        return switch (this) {
            case PUT_SPREAD, GET_SPREAD, TRANSACT_WRITE_SPREAD, TRANSACT_GET_SPREAD -> true;
            default -> false;
        };
    }

    /** @throws BenchException when no workload has that name */
    static Workload named(String label) {
        return Arrays.stream(values())
                .filter(workload -> workload.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new BenchException("no workload '" + label + "'; there are " + labels()));
    }

    static String labels() {
        return Arrays.stream(values()).map(Workload::label).collect(Collectors.joining(", "));
    }
}
