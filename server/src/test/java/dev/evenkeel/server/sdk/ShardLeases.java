package dev.evenkeel.server.sdk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The leases of one application in a table of its own: every change is conditional on the counter that was seen. */
final class ShardLeases {
    private final DynamoDbClient client;
    private final String table;

    ShardLeases(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    void createTable() {
        client.createTable(request -> request.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Sdk.string("leaseKey"))
                .keySchema(Sdk.hash("leaseKey")));
    }

    List<ShardLease> all() {
        return client.scanPaginator(request -> request.tableName(table).consistentRead(true)).items().stream()
                .map(ShardLeases::lease)
                .toList();
    }

    private static ShardLease lease(Map<String, AttributeValue> item) {
        var owner = item.get("leaseOwner");
        return new ShardLease(
                item.get("leaseKey").s(),
                owner == null ? "" : owner.s(),
                Long.parseLong(item.get("leaseCounter").n()),
                item.get("checkpoint").s());
    }

    /** Makes the lease of a shard that has none yet. */
    void add(String key) {
        try {
            client.putItem(request -> request.tableName(table)
                    .item(Map.of(
                            "leaseKey", Sdk.s(key),
                            "leaseCounter", Sdk.n(0),
                            "checkpoint", Sdk.s(ShardLease.TRIM_HORIZON)))
                    .conditionExpression("attribute_not_exists(leaseKey)"));
        } catch (ConditionalCheckFailedException e) {
            // another worker was first, and that is as good
        }
    }

    /** @return the lease as it is then; empty when somebody else has touched it since it was read */
    Optional<ShardLease> take(ShardLease seen, String worker) {
        return change(
                seen,
                "SET leaseOwner = :owner, leaseCounter = leaseCounter + :one",
                "leaseCounter = :seen",
                Map.of(":owner", Sdk.s(worker), ":one", Sdk.n(1), ":seen", Sdk.n(seen.counter())));
    }

    /** @return empty when the lease is somebody else's by now */
    Optional<ShardLease> renew(ShardLease held) {
        return change(
                held,
                "SET leaseCounter = leaseCounter + :one",
                "leaseOwner = :me AND leaseCounter = :seen",
                Map.of(":one", Sdk.n(1), ":me", Sdk.s(held.owner()), ":seen", Sdk.n(held.counter())));
    }

    /** @return empty when the lease is somebody else's by now */
    Optional<ShardLease> checkpoint(ShardLease held, String checkpoint) {
        return change(
                held,
                "SET checkpoint = :checkpoint",
                "leaseOwner = :me AND leaseCounter = :seen",
                Map.of(":checkpoint", Sdk.s(checkpoint), ":me", Sdk.s(held.owner()), ":seen", Sdk.n(held.counter())));
    }

    private Optional<ShardLease> change(
            ShardLease lease, String update, String condition, Map<String, AttributeValue> values) {
        try {
            var response = client.updateItem(request -> request.tableName(table)
                    .key(Map.of("leaseKey", Sdk.s(lease.key())))
                    .updateExpression(update)
                    .conditionExpression(condition)
                    .expressionAttributeValues(values)
                    .returnValues(ReturnValue.ALL_NEW));
            return Optional.of(lease(response.attributes()));
        } catch (ConditionalCheckFailedException e) {
            return Optional.empty();
        }
    }
}
