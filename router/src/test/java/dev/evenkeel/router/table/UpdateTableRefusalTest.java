package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates that DynamoDB refuses, with what it says. */
class UpdateTableRefusalTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String AT_LEAST_ONE =
            "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
                    + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, MultiAccountReplicaReady,"
                    + " ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput,"
                    + " WarmThroughput or TableClass is required";
    private static final String UNITS = "'ProvisionedThroughput': {'ReadCapacityUnits': 5, 'WriteCapacityUnits': 5}";
    private static final String MORE_UNITS =
            "'ProvisionedThroughput': {'ReadCapacityUnits': 6, 'WriteCapacityUnits': 6}";
    private static final String CREATE =
            "{'Create': {'IndexName': 'new', 'KeySchema': [{'AttributeName': 'n', 'KeyType': 'HASH'}],"
                    + " 'Projection': {'ProjectionType': 'ALL'}}}";
    private static final String N = "'AttributeDefinitions': [{'AttributeName': 'n', 'AttributeType': 'S'}]";
    private static final String STREAM =
            "'StreamSpecification': {'StreamEnabled': true, 'StreamViewType': 'KEYS_ONLY'}";
    private static final String PROTECT = "'DeletionProtectionEnabled': true";
    private static final String ENCRYPT = "'SSESpecification': {'Enabled': true}";
    private static final String CLASS = "'TableClass': 'STANDARD'";
    private static final String WARM = "'WarmThroughput': {'ReadUnitsPerSecond': 13000}";
    private static final String CEILING = "'OnDemandThroughput': {'MaxReadRequestUnits': 9}";

    private final ControlPlane plane = ControlPlane.immediate();

    @BeforeEach
    void tables() {
        plane.create("""
                {'TableName': 'ondemand', 'BillingMode': 'PAY_PER_REQUEST',
                 'AttributeDefinitions': [{'AttributeName': 'pk', 'AttributeType': 'S'},
                   {'AttributeName': 'sk', 'AttributeType': 'S'}],
                 'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'}],
                 'LocalSecondaryIndexes': [{'IndexName': 'local',
                   'KeySchema': [{'AttributeName': 'pk', 'KeyType': 'HASH'}, {'AttributeName': 'sk', 'KeyType': 'RANGE'}],
                   'Projection': {'ProjectionType': 'ALL'}}],
                 'GlobalSecondaryIndexes': [{'IndexName': 'old',
                   'KeySchema': [{'AttributeName': 'sk', 'KeyType': 'HASH'}], 'Projection': {'ProjectionType': 'ALL'}}]}""");
        plane.createProvisioned("provisioned", 5, 5);
    }

    private static Arguments onDemand(String message, String... members) {
        return arguments("{'TableName': 'ondemand', " + String.join(", ", members) + "}", message);
    }

    private static Arguments provisioned(String message, String... members) {
        return arguments("{'TableName': 'provisioned', " + String.join(", ", members) + "}", message);
    }

    private static String indexes(String... updates) {
        return "'GlobalSecondaryIndexUpdates': [" + String.join(", ", updates) + "]";
    }

    private static String drop(String name) {
        return "{'Delete': {'IndexName': '" + name + "'}}";
    }

    static Stream<Arguments> whateverTheTable() {
        return Stream.of(
                arguments("{'TableName': 'none'}", AT_LEAST_ONE),
                onDemand(AT_LEAST_ONE, "'OnDemandThroughput': {}"),
                onDemand(AT_LEAST_ONE, indexes()),
                onDemand(AT_LEAST_ONE, N),
                onDemand(INVALID + "List of GlobalSecondaryIndexUpdates is empty", indexes(), PROTECT),
                onDemand(
                        INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
                        "'BillingMode': 'PROVISIONED'"),
                onDemand(
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                                + " PAY_PER_REQUEST",
                        "'BillingMode': 'PAY_PER_REQUEST'",
                        UNITS),
                onDemand(
                        "Given value 1000000000001 for ReadCapacityUnits is out of bounds",
                        "'ProvisionedThroughput': {'ReadCapacityUnits': 1000000000001, 'WriteCapacityUnits': 1}"),
                onDemand(
                        INVALID + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                                + " GlobalSecondaryIndexUpdate.Delete must not be null",
                        indexes("{}", "{}")),
                onDemand(
                        INVALID + "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate"
                                + " object",
                        indexes("{'Delete': {'IndexName': 'abc'}, 'Update': {'IndexName': 'abc', " + UNITS + "}}")),
                onDemand(
                        INVALID + "Only one global secondary index update per index is allowed simultaneously. Index:"
                                + " abc",
                        indexes(drop("abc"), drop("abc"))),
                onDemand(
                        INVALID + "Server-Side Encryption modification must be the only operation in the request",
                        PROTECT,
                        ENCRYPT,
                        CLASS),
                onDemand(INVALID + "TableClass modification must be the only operation in the request", PROTECT, CLASS),
                onDemand(
                        INVALID + "DeletionProtection modification must be the only operation in the request",
                        PROTECT,
                        WARM),
                onDemand(INVALID + "WarmThroughput must be the only operation in the request", WARM, CEILING),
                onDemand(
                        INVALID + "Create global secondary index cannot be specified when updating WarmThroughput",
                        WARM,
                        N,
                        indexes(CREATE)),
                onDemand(
                        INVALID + "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request",
                        CEILING,
                        STREAM),
                provisioned(INVALID + "You cannot modify stream status while updating table IOPS", MORE_UNITS, STREAM),
                provisioned(
                        INVALID + "You cannot create or delete index while updating table IOPS",
                        MORE_UNITS,
                        N,
                        indexes(CREATE)),
                onDemand(
                        INVALID + "You cannot create or delete index while changing stream status",
                        STREAM,
                        N,
                        indexes(CREATE)),
                onDemand(
                        INVALID + "If stream is being enabled then UpdateViewType is required",
                        "'StreamSpecification': {'StreamEnabled': true}"),
                onDemand(
                        INVALID + "If stream is being disabled, then UpdateViewType must not be specified",
                        "'StreamSpecification': {'StreamEnabled': false, 'StreamViewType': 'KEYS_ONLY'}"),
                onDemand(
                        INVALID + "ReplicaUpdates is not supported by Evenkeel",
                        "'ReplicaUpdates':" + " [{'Create': {'RegionName': 'eu-west-1'}}]"));
    }

    static Stream<Arguments> forThisTable() {
        return Stream.of(
                arguments(
                        "{'TableName': 'none', " + UNITS + "}", "Requested resource not found: Table: none not found"),
                onDemand(
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is"
                                + " PAY_PER_REQUEST",
                        UNITS),
                provisioned(
                        "The provisioned throughput for the table will not change. The requested value equals the"
                                + " current value. Current ReadCapacityUnits provisioned for the table: 5. Requested"
                                + " ReadCapacityUnits: 5. Current WriteCapacityUnits provisioned for the table: 5."
                                + " Requested WriteCapacityUnits: 5. Refer to the Amazon DynamoDB Developer Guide for"
                                + " current limits and how to request higher limits.",
                        "'BillingMode': 'PROVISIONED'",
                        UNITS),
                onDemand(
                        INVALID + "ProvisionedThroughput must be specified for index: old",
                        "'BillingMode': 'PROVISIONED'",
                        UNITS),
                provisioned(
                        INVALID + "MaxReadRequestUnits for OnDemandThroughput cannot be specified when the table"
                                + " BillingMode is PROVISIONED",
                        CEILING),
                onDemand(
                        INVALID + "Requested MaxReadRequestUnits for OnDemandThroughput for table is outside of valid"
                                + " range",
                        "'OnDemandThroughput': {'MaxReadRequestUnits': -2}"),
                onDemand(
                        INVALID + "Requested ReadUnitsPerSecond for WarmThroughput for table is lower than current"
                                + " WarmThroughput, decreasing WarmThroughput is not supported",
                        "'WarmThroughput': {'ReadUnitsPerSecond': 100}"),
                onDemand(
                        "Table has no stream to disable: TableName: ondemand",
                        "'StreamSpecification': {'StreamEnabled': false}"),
                onDemand(INVALID + "Table is already encrypted by default", "'SSESpecification': {'Enabled': false}"),
                onDemand("Cannot delete an index that is not a GlobalSecondaryIndex: local", indexes(drop("local"))),
                onDemand("Requested resource not found: Index nope for table ondemand", indexes(drop("nope"))),
                onDemand(
                        "This operation cannot be performed with given input values. Please contact DynamoDB service"
                                + " team for more info: Action Blocked: IndexUpdate",
                        indexes("{'Update': {'IndexName': 'nope', 'ProvisionedThroughput':"
                                + " {'ReadCapacityUnits': 1000000000001, 'WriteCapacityUnits': 1}}}")),
                onDemand(
                        INVALID
                                + "The only Updates for index: old when TableThroughputMode is PAY_PER_REQUEST can be to"
                                + " OnDemandThroughput, WarmThroughput",
                        indexes("{'Update': {'IndexName': 'old', " + UNITS + "}}")),
                onDemand(
                        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per"
                                + " table",
                        indexes(drop("abc"), drop("abd"))),
                onDemand(
                        "Attempting to create an index which already exists", N, indexes(CREATE.replace("new", "old"))),
                onDemand(
                        "Attempting to create an index which already exists",
                        N,
                        indexes(CREATE.replace("new", "local"))),
                onDemand(INVALID + "AttributeDefinitions is not specified for index: new", indexes(CREATE)),
                onDemand(
                        INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk],"
                                + " AttributeDefinitions: [n]",
                        N,
                        indexes(CREATE.replace("'n'", "'pk'"))),
                provisioned(
                        INVALID + "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: new",
                        N,
                        indexes(CREATE)),
                onDemand(
                        INVALID
                                + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: new when"
                                + " BillingMode is PAY_PER_REQUEST",
                        N,
                        indexes(CREATE.replace("'Projection'", UNITS + ", 'Projection'"))));
    }

    @ParameterizedTest
    @MethodSource({"whateverTheTable", "forThisTable"})
    void isRefusedAndChangesNothing(String json, String message) {
        var before = plane.catalog.image();

        assertThatThrownBy(() -> plane.update(json)).hasMessage(message);

        assertThat(plane.catalog.image()).isSameAs(before);
    }

    @Test
    void theTwentyFirstIndexIsALimitHere() {
        for (int i = 1; i < 20; i++) {
            plane.update(ControlPlane.addIndex("ondemand", "index-" + i));
            plane.partitions.finishBackfills();
        }

        assertThatThrownBy(() -> plane.update(ControlPlane.addIndex("ondemand", "index-20")))
                .hasMessage(
                        "Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of 20")
                .extracting(it -> ((DynamoException) it).code())
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    }
}
