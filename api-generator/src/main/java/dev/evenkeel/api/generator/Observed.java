package dev.evenkeel.api.generator;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What DynamoDB is seen to do and its model does not say, or says otherwise. Facts only, each with where it shows; all the
 * rest is taken from the model.
 */
final class Observed {
    private Observed() {}

    /** Maps that are an item or a key as a whole, rather than named values on their own. */
    static final Set<String> ITEMS =
            Set.of("AttributeMap", "ItemCollectionKeyAttributeMap", "Key", "PutItemInputAttributeMap");

    /**
     * "Member must satisfy enum value set: […]" prints the values in the order of a hash set, not of the model. Enums that
     * are missing here print in the model's order, which is what has been seen or nothing has.
     */
    static final Map<String, List<String>> ENUM_ORDER = Map.of(
            "ComparisonOperator",
            List.of(
                    "IN",
                    "NULL",
                    "BETWEEN",
                    "LT",
                    "NOT_CONTAINS",
                    "EQ",
                    "GT",
                    "NOT_NULL",
                    "NE",
                    "LE",
                    "BEGINS_WITH",
                    "GE",
                    "CONTAINS"),
            "ConditionalOperator",
            List.of("OR", "AND"),
            "ProjectionType",
            List.of("ALL", "INCLUDE", "KEYS_ONLY"),
            "ReturnValue",
            List.of("ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"),
            "ScalarAttributeType",
            List.of("B", "N", "S"),
            "Select",
            List.of("SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"));

    /** Which members are looked at first when several are wrong; the others follow in the model's order. */
    static final Map<String, List<String>> MEMBER_ORDER = Map.ofEntries(
            Map.entry("BatchGetItemInput", List.of("ReturnConsumedCapacity", "RequestItems")),
            Map.entry(
                    "BatchWriteItemInput",
                    List.of("ReturnConsumedCapacity", "ReturnItemCollectionMetrics", "RequestItems")),
            Map.entry(
                    "CreateTableInput",
                    List.of(
                            "AttributeDefinitions",
                            "TableName",
                            "BillingMode",
                            "ProvisionedThroughput",
                            "KeySchema",
                            "LocalSecondaryIndexes",
                            "GlobalSecondaryIndexes")),
            Map.entry(
                    "DeleteItemInput",
                    List.of(
                            "ReturnConsumedCapacity",
                            "TableName",
                            "ReturnValues",
                            "ReturnItemCollectionMetrics",
                            "Key",
                            "ConditionalOperator",
                            "Expected")),
            Map.entry("GetItemInput", List.of("ReturnConsumedCapacity", "AttributesToGet", "TableName", "Key")),
            Map.entry("ListTablesInput", List.of("Limit", "ExclusiveStartTableName")),
            Map.entry("ProvisionedThroughput", List.of("WriteCapacityUnits", "ReadCapacityUnits")),
            Map.entry("Projection", List.of("ProjectionType", "NonKeyAttributes")),
            Map.entry(
                    "PutItemInput",
                    List.of(
                            "ReturnConsumedCapacity",
                            "TableName",
                            "Item",
                            "ConditionalOperator",
                            "Expected",
                            "ReturnValues",
                            "ReturnItemCollectionMetrics")),
            Map.entry(
                    "QueryInput",
                    List.of(
                            "Select",
                            "IndexName",
                            "ReturnConsumedCapacity",
                            "QueryFilter",
                            "TableName",
                            "ConditionalOperator",
                            "AttributesToGet",
                            "Limit",
                            "KeyConditions")),
            Map.entry(
                    "ScanInput",
                    List.of(
                            "Select",
                            "IndexName",
                            "TotalSegments",
                            "ReturnConsumedCapacity",
                            "TableName",
                            "ConditionalOperator",
                            "ScanFilter",
                            "Segment",
                            "Limit",
                            "AttributesToGet")),
            Map.entry(
                    "UpdateItemInput",
                    List.of(
                            "ReturnConsumedCapacity",
                            "TableName",
                            "ReturnItemCollectionMetrics",
                            "ReturnValues",
                            "Key",
                            "ConditionalOperator",
                            "Expected",
                            "AttributeUpdates")),
            Map.entry(
                    "UpdateTableInput",
                    List.of("TableName", "ProvisionedThroughput", "BillingMode", "GlobalSecondaryIndexUpdates")),
            Map.entry("WriteRequest", List.of("DeleteRequest", "PutRequest")));

    /**
     * Longest lists that the model no longer bounds, since the keys of a global index may have more attributes: those of a
     * table and of a local index still are two.
     */
    static final Map<String, Integer> LENGTH_MAX =
            Map.of("CreateTableInput$KeySchema", 2, "LocalSecondaryIndex$KeySchema", 2);

    /** Members that the model leaves optional, but only for when the member behind is given. */
    static final Map<String, String> REQUIRED_WITHOUT = Map.of(
            "CreateTableInput$AttributeDefinitions", "GlobalTableSourceArn",
            "CreateTableInput$KeySchema", "GlobalTableSourceArn");

    /** How an operation speaks of its table's name; the constants of {@code dev.evenkeel.api.TableNameRule}. */
    static final Map<String, String> TABLE_NAME_RULE = Map.of(
            "CreateTable", "CREATED",
            "DeleteTable", "PARAMETER",
            "DescribeTable", "PARAMETER",
            "DescribeTimeToLive", "PARAMETER",
            "UpdateTable", "PARAMETER");

    /** The rule of all other operations. */
    static final String TABLE_NAME_RULE_DEFAULT = "MEMBER";

    /** An empty collection here is answered with this sentence and nothing else. */
    static final Map<String, String> EMPTY_MESSAGE = Map.of(
            "BatchGetItemInput$RequestItems", "The requestItems parameter is required for BatchGetItem",
            "BatchWriteItemInput$RequestItems", "The requestItems parameter is required for BatchWriteItem");

    /**
     * Checked on their own after all others, and told without the value and with capitals: "Value at 'Limit' failed …".
     * Of {@code Keys}, only too many are.
     */
    static final Set<String> TERSE = Set.of("QueryInput$Limit", "KeysAndAttributes$Keys");
}
