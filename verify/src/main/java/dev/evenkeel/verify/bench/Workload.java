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
