package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;
import software.amazon.awssdk.services.dynamodb.model.ComparisonOperator;
import software.amazon.awssdk.services.dynamodb.model.Condition;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConditionalOperator;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExpectedAttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** The parameters from before there were expressions; older programs still send them. */
@OneAndThreeZones
class LegacyParametersTest {

    @BeforeEach
    void createOrders(DynamoDbClient client) {
        Sdk.createOrders(client);
        Sdk.putOrders(client, "ann", 9);
    }

    private static Condition condition(ComparisonOperator operator, AttributeValue... values) {
        return Condition.builder()
                .comparisonOperator(operator)
                .attributeValueList(values)
                .build();
    }

    @Test
    void expectedGuardsAWrite(DynamoDbClient client) {
        var absent = Map.of(
                "customer", ExpectedAttributeValue.builder().exists(false).build());
        client.putItem(request ->
                request.tableName(Sdk.ORDERS).item(Sdk.orderKey("bob", 1)).expected(absent));
        assertThatThrownBy(() -> client.putItem(request -> request.tableName(Sdk.ORDERS)
                        .item(Sdk.orderKey("bob", 1))
                        .expected(absent)))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void expectationsCanBeAlternatives(DynamoDbClient client) {
        var either = Map.of(
                "state",
                        ExpectedAttributeValue.builder()
                                .comparisonOperator(ComparisonOperator.EQ)
                                .attributeValueList(Sdk.s("lost"))
                                .build(),
                "total",
                        ExpectedAttributeValue.builder()
                                .comparisonOperator(ComparisonOperator.GT)
                                .attributeValueList(Sdk.n(1))
                                .build());
        client.deleteItem(request -> request.tableName(Sdk.ORDERS)
                .key(Sdk.orderKey("ann", 1))
                .expected(either)
                .conditionalOperator(ConditionalOperator.OR));
        assertThatThrownBy(() -> client.deleteItem(request -> request.tableName(Sdk.ORDERS)
                        .key(Sdk.orderKey("ann", 2))
                        .expected(either)
                        .conditionalOperator(ConditionalOperator.AND)))
                .isInstanceOf(ConditionalCheckFailedException.class);
    }

    @Test
    void attributeUpdatesPutAddAndDelete(DynamoDbClient client) {
        var updated = client.updateItem(request -> request.tableName(Sdk.ORDERS)
                .key(Sdk.orderKey("ann", 0))
                .attributeUpdates(Map.of(
                        "note", update(AttributeAction.PUT, Sdk.s("hello")),
                        "total", update(AttributeAction.ADD, Sdk.n(5)),
                        "state",
                                AttributeValueUpdate.builder()
                                        .action(AttributeAction.DELETE)
                                        .build()))
                .returnValues(ReturnValue.ALL_NEW));
        assertThat(updated.attributes())
                .isEqualTo(Map.of(
                        "customer", Sdk.s("ann"),
                        "number", Sdk.n(0),
                        "note", Sdk.s("hello"),
                        "total", Sdk.n(1_005)));
    }

    private static AttributeValueUpdate update(AttributeAction action, AttributeValue value) {
        return AttributeValueUpdate.builder().action(action).value(value).build();
    }

    @Test
    void keyConditionsAndQueryFilterQuery(DynamoDbClient client) {
        var answer = client.query(request -> request.tableName(Sdk.ORDERS)
                .keyConditions(Map.of(
                        "customer", condition(ComparisonOperator.EQ, Sdk.s("ann")),
                        "number", condition(ComparisonOperator.BETWEEN, Sdk.n(2), Sdk.n(7))))
                .queryFilter(Map.of("state", condition(ComparisonOperator.EQ, Sdk.s("open"))))
                .attributesToGet("number"));
        assertThat(answer.items()).containsExactly(Map.of("number", Sdk.n(3)), Map.of("number", Sdk.n(6)));
        assertThat(answer.scannedCount()).isEqualTo(6);
    }

    @Test
    void scanFilterScans(DynamoDbClient client) {
        var answer = client.scan(request -> request.tableName(Sdk.ORDERS)
                .scanFilter(Map.of(
                        "number", condition(ComparisonOperator.IN, Sdk.n(1), Sdk.n(8)),
                        "state", condition(ComparisonOperator.CONTAINS, Sdk.s("pen"))))
                .conditionalOperator(ConditionalOperator.OR));
        assertThat(Sdk.numbers(answer.items(), "number")).containsExactly(0L, 1L, 3L, 6L, 8L);
    }

    @Test
    void attributesToGetProjects(DynamoDbClient client) {
        var answer = client.getItem(request ->
                request.tableName(Sdk.ORDERS).key(Sdk.orderKey("ann", 1)).attributesToGet("total", "missing"));
        assertThat(answer.item()).isEqualTo(Map.of("total", Sdk.n(999)));
    }

    @Test
    void oldAndNewDoNotMix(DynamoDbClient client) {
        assertThatThrownBy(() -> client.getItem(request -> request.tableName(Sdk.ORDERS)
                        .key(Sdk.orderKey("ann", 1))
                        .attributesToGet(List.of("total"))
                        .projectionExpression("total")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Can not use both expression and non-expression parameters in the same request");
    }
}
