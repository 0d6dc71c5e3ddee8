package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that DynamoDB refuses, with what it says; the first mistake in its order decides. */
class CreateTableRefusalTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String KEY = "'KeySchema': [{'AttributeName': 'a', 'KeyType': 'HASH'}]";
    private static final String A = "{'AttributeName': 'a', 'AttributeType': 'S'}";
    private static final String B = "{'AttributeName': 'b', 'AttributeType': 'S'}";
    private static final String KEY_AB = key("a", "HASH", "b", "RANGE");
    private static final String ON_DEMAND = "'BillingMode': 'PAY_PER_REQUEST'";
    private static final String UNITS = "'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 1}";
    private static final String ALL = "'Projection': {'ProjectionType': 'ALL'}";

    private final ControlPlane plane = ControlPlane.delayed();

    private static String key(String... namesAndTypes) {
        return IntStream.range(0, namesAndTypes.length / 2)
                .mapToObj(i -> "{'AttributeName': '%s', 'KeyType': '%s'}"
                        .formatted(namesAndTypes[2 * i], namesAndTypes[2 * i + 1]))
                .collect(Collectors.joining(", ", "'KeySchema': [", "]"));
    }

    private static String attributes(String... definitions) {
        return "'AttributeDefinitions': [" + String.join(", ", definitions) + "]";
    }

    private static String named(String... names) {
        return Stream.of(names)
                .map(name -> "{'AttributeName': '%s', 'AttributeType': 'S'}".formatted(name))
                .collect(Collectors.joining(", ", "'AttributeDefinitions': [", "]"));
    }

    private static String index(String name, String... rest) {
        return "{'IndexName': '" + name + "', " + String.join(", ", rest) + "}";
    }

    private static String local(String... indexes) {
        return "'LocalSecondaryIndexes': [" + String.join(", ", indexes) + "]";
    }

    private static String global(String... indexes) {
        return "'GlobalSecondaryIndexes': [" + String.join(", ", indexes) + "]";
    }

    private static Arguments refused(String message, String... members) {
        return arguments("{'TableName': 'abc', " + String.join(", ", members) + "}", message);
    }

    static Stream<Arguments> basics() {
        return Stream.of(
                arguments(
                        "{'TableName': 'abc'}",
                        "2 validation errors detected: Value null at 'attributeDefinitions' failed to satisfy"
                                + " constraint: Member must not be null; Value null at 'keySchema' failed to satisfy"
                                + " constraint: Member must not be null"),
                refused(
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                                + " PAY_PER_REQUEST",
                        attributes(),
                        key("a", "HASH", "a", "HASH"),
                        ON_DEMAND,
                        UNITS),
                refused(
                        INVALID + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is"
                                + " PROVISIONED",
                        attributes(),
                        KEY),
                refused(
                        "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
                        attributes(),
                        KEY,
                        "'ProvisionedThroughput': {'WriteCapacityUnits': 1000000000001,"
                                + " 'ReadCapacityUnits': 1000000000001}"),
                refused(
                        "Given value 1000000000001 for WriteCapacityUnits is out of bounds",
                        attributes(),
                        KEY,
                        "'ProvisionedThroughput': {'ReadCapacityUnits': 1000000000000,"
                                + " 'WriteCapacityUnits': 1000000000001}"),
                refused("Invalid KeySchema: Some index key attribute have no definition", attributes(), KEY, ON_DEMAND),
                refused(
                        "Invalid KeySchema: Some index key attribute have no definition",
                        attributes(A),
                        key("a", "HASH", "a", "RANGE"),
                        UNITS),
                refused(
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [a],"
                                + " AttributeDefinitions: [b]",
                        attributes(B),
                        KEY,
                        UNITS),
                refused("Attribute Name is duplicated: a", attributes(A, A), KEY, UNITS),
                refused(
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name",
                        attributes(A, B),
                        key("a", "HASH", "a", "HASH"),
                        UNITS),
                refused(
                        "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
                        attributes(A, B),
                        key("a", "HASH", "b", "HASH"),
                        UNITS),
                refused(
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
                        attributes(A, B),
                        key("a", "RANGE", "b", "HASH"),
                        UNITS),
                refused(
                        INVALID
                                + "Number of attributes in KeySchema does not exactly match number of attributes defined"
                                + " in AttributeDefinitions",
                        attributes(A, B),
                        KEY,
                        UNITS),
                refused(
                        INVALID + "VectorIndexes is not supported by Evenkeel",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'VectorIndexes': []"));
    }

    static Stream<Arguments> localIndexes() {
        return Stream.of(
                refused(INVALID + "List of LocalSecondaryIndexes is empty", attributes(A, B), KEY, UNITS, local()),
                refused(
                        INVALID + "Table KeySchema does not have a range key, which is required when specifying a"
                                + " LocalSecondaryIndex",
                        attributes(A, B),
                        KEY,
                        UNITS,
                        local(index("abc", KEY_AB, ALL))),
                refused(
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [c, d],"
                                + " AttributeDefinitions: [a, b]",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", key("c", "RANGE", "d", "RANGE"), ALL))),
                refused(
                        INVALID + "Index KeySchema does not have a range key for index: abc",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", KEY, ALL))),
                refused(
                        INVALID
                                + "Index KeySchema does not have the same leading hash key as table KeySchema for index:"
                                + " abc. index hash key: b, table hash key: a",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", key("b", "HASH", "a", "RANGE"), ALL))),
                refused(
                        INVALID + "Unknown ProjectionType: null",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", KEY_AB, "'Projection': {}"))),
                refused(
                        INVALID + "ProjectionType is ALL, but NonKeyAttributes is specified",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index(
                                "abc", KEY_AB, "'Projection': {'ProjectionType': 'ALL', 'NonKeyAttributes': ['x']}"))),
                refused(
                        INVALID + "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", KEY_AB, "'Projection': {'ProjectionType': 'INCLUDE'}"))),
                refused(
                        INVALID + "Duplicate element in NonKeyAttributes: x",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index(
                                "abc",
                                KEY_AB,
                                "'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': ['x', 'x']}"))),
                refused(
                        INVALID + "Duplicate index name: abc",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", KEY_AB, ALL), index("abc", KEY_AB, ALL))),
                refused(
                        INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(IntStream.range(0, 6)
                                .mapToObj(i -> index("index" + i, KEY_AB, ALL))
                                .toArray(String[]::new))));
    }

    static Stream<Arguments> globalIndexes() {
        return Stream.of(
                refused(INVALID + "List of GlobalSecondaryIndexes is empty", attributes(A, B), KEY, UNITS, global()),
                refused(
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [c],"
                                + " AttributeDefinitions: [a, b]",
                        attributes(A, B),
                        KEY,
                        UNITS,
                        global(index("abc", key("c", "RANGE"), UNITS, "'Projection': {}"))),
                refused(
                        INVALID
                                + "Some AttributeDefinitions are not used. AttributeDefinitions: [a, b], keys used: [a]",
                        attributes(A, B),
                        KEY,
                        UNITS,
                        global(index("abc", KEY, "'Projection': {}"))),
                refused(
                        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(index("abc", key("a", "RANGE"), UNITS, "'Projection': {}"))),
                refused(
                        "Both the Hash Key and the Range Key element in the KeySchema have the same name",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(index("abc", key("a", "HASH", "a", "RANGE"), UNITS, ALL))),
                refused(
                        "The KeySchema contains multiple key attributes with the same name",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(index("abc", key("a", "HASH", "b", "HASH", "a", "RANGE"), UNITS, ALL))),
                refused(
                        INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema",
                        named("a", "b", "c"),
                        KEY,
                        UNITS,
                        global(index("abc", key("a", "HASH", "b", "RANGE", "c", "HASH"), UNITS, ALL))),
                refused(
                        INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes",
                        named("a", "b", "c", "d", "e"),
                        KEY,
                        UNITS,
                        global(index(
                                "abc",
                                key("a", "HASH", "b", "HASH", "c", "HASH", "d", "HASH", "e", "HASH"),
                                UNITS,
                                ALL))),
                refused(
                        INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes",
                        named("a", "b", "c", "d", "e", "f"),
                        KEY,
                        UNITS,
                        global(index(
                                "abc",
                                key("a", "HASH", "b", "RANGE", "c", "RANGE", "d", "RANGE", "e", "RANGE", "f", "RANGE"),
                                UNITS,
                                ALL))),
                refused(
                        INVALID + "ProvisionedThroughput is not specified for index: abc",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(index("abc", KEY, ALL))),
                refused(
                        INVALID + "ProvisionedThroughput should not be specified for index: abd when BillingMode is"
                                + " PAY_PER_REQUEST",
                        attributes(A, B),
                        KEY,
                        ON_DEMAND,
                        global(index("abc", KEY_AB, ALL), index("abd", KEY_AB, ALL, UNITS))),
                refused(
                        INVALID + "Duplicate index name: abc",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        local(index("abc", KEY_AB, ALL)),
                        global(index("abc", KEY_AB, ALL, UNITS))),
                refused(
                        INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(IntStream.range(0, 21)
                                .mapToObj(i -> index("index" + i, KEY_AB, ALL, UNITS))
                                .toArray(String[]::new))),
                refused(
                        INVALID + "Number of NonKeyAttributes across all indexes exceeds the per-table limit of 100",
                        attributes(A, B),
                        KEY_AB,
                        UNITS,
                        global(IntStream.range(0, 6)
                                .mapToObj(i -> index("index" + i, KEY_AB, UNITS, includeTwenty()))
                                .toArray(String[]::new))));
    }

    private static String includeTwenty() {
        return IntStream.range(0, 20)
                .mapToObj(i -> "'x" + i + "'")
                .collect(Collectors.joining(
                        ", ", "'Projection': {'ProjectionType': 'INCLUDE', 'NonKeyAttributes': [", "]}"));
    }

    static Stream<Arguments> settings() {
        return Stream.of(
                refused(
                        INVALID + "MaxWriteRequestUnits for OnDemandThroughput cannot be specified when table"
                                + " BillingMode is PROVISIONED.",
                        attributes(A),
                        KEY,
                        UNITS,
                        "'OnDemandThroughput': {'MaxWriteRequestUnits': 0}"),
                refused(
                        INVALID + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid"
                                + " range",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'OnDemandThroughput': {'MaxReadRequestUnits': -1}"),
                refused(
                        INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than initial"
                                + " throughput for OnDemand",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'WarmThroughput': {'ReadUnitsPerSecond': 11999}"),
                refused(
                        INVALID + "Requested WriteUnitsPerSecond for WarmThroughput for table is lower than"
                                + " WriteCapacityUnits of ProvisionedThroughput",
                        attributes(A),
                        KEY,
                        "'ProvisionedThroughput': {'ReadCapacityUnits': 1, 'WriteCapacityUnits': 2}",
                        "'WarmThroughput': {'WriteUnitsPerSecond': 1}"),
                refused(
                        INVALID
                                + "Table is being created with a stream disabled, UpdateViewType should not be specified",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'StreamSpecification': {'StreamEnabled': false, 'StreamViewType': 'KEYS_ONLY'}"),
                refused(
                        INVALID + "Table is being created with a stream enabled, UpdateViewType is required",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'StreamSpecification': {'StreamEnabled': true}"),
                refused(
                        INVALID + "SSEType can not be specified if Enabled is false",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'SSESpecification': {'Enabled': false, 'SSEType': 'KMS'}"),
                refused(
                        INVALID + "SSEType KMS is required if KMSMasterKeyId is specified",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'SSESpecification': {'Enabled': true, 'KMSMasterKeyId': 'k'}"),
                refused(
                        INVALID + "SSEType AES256 is not supported",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'SSESpecification': {'Enabled': true, 'SSEType': 'AES256'}"),
                refused(
                        "Tag Key cannot be prefixed with aws:, Key: AWS:x",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'Tags': [{'Key': 'AWS:x', 'Value': 'v'}]"),
                refused(
                        "The Tag Key provided is invalid, Key: bad#char",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'Tags': [{'Key': 'bad#char', 'Value': 'v'}]"),
                refused(
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found k",
                        attributes(A),
                        KEY,
                        ON_DEMAND,
                        "'Tags': [{'Key': 'k', 'Value': '1'}, {'Key': 'k', 'Value': '2'}]"));
    }

    @ParameterizedTest
    @MethodSource({"basics", "localIndexes", "globalIndexes", "settings"})
    void isRefusedAndChangesNothing(String json, String message) {
        assertThatThrownBy(() -> plane.create(json)).hasMessage(message);

        assertThat(plane.catalog.image().tables()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource({"basics"})
    void aRequestThatIsWrongIsRefusedAsSuchEvenIfTheTableExists(String json, String message) {
        plane.createPlain("abc");

        assertThatThrownBy(() -> plane.create(json)).hasMessage(message);
    }
}
