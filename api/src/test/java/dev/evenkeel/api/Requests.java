package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Sends JSON through operations, as the server will. */
final class Requests {
    private Requests() {}

    /** Reads and checks the request. */
    static Object accept(String operation, byte[] body) {
        return accept(Operation.named(operation).orElseThrow(), body);
    }

    static Object accept(String operation, String json) {
        return accept(operation, json.getBytes(StandardCharsets.UTF_8));
    }

    private static <I, O> I accept(Operation<I, O> operation, byte[] body) {
        var input = operation.read(body);
        operation.validate(input);
        return input;
    }

    static <T> T accept(Class<T> input, String operation, String json) {
        return input.cast(accept(operation, json));
    }

    static DynamoException refusal(String operation, byte[] body) {
        return Objects.requireNonNull(
                catchThrowableOfType(DynamoException.class, () -> accept(operation, body)),
                () -> operation + " accepted " + new String(body, StandardCharsets.UTF_8));
    }

    static DynamoException refusal(String operation, String json) {
        return refusal(operation, json.getBytes(StandardCharsets.UTF_8));
    }

    static void assertInvalid(String operation, String json, String message) {
        var refusal = refusal(operation, json);
        assertThat(refusal.getMessage()).as("%s %s", operation, json).isEqualTo(message);
        assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION);
    }

    static void assertUnreadable(String operation, String json, String message) {
        var refusal = refusal(operation, json);
        assertThat(refusal.getMessage()).as("%s %s", operation, json).isEqualTo(message);
        assertThat(refusal.code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    /** The output as the client gets it. */
    static <O> String written(Operation<?, O> operation, O output) {
        var out = new ByteArrayOutputStream();
        operation.write(output, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** As {@link #written(Operation, Object)} of an operation and output that fit each other. */
    @SuppressWarnings("unchecked")
    static String writtenUnchecked(Operation<?, ?> operation, Object output) {
        return written((Operation<?, Object>) operation, output);
    }

    /** A request to every kind of parameter, all of them valid. */
    static final Map<String, String> SAMPLES = Map.ofEntries(
            Map.entry("PutItem", """
                    {"TableName":"music","Item":{"pk":{"S":"käse \\u0041\\n"},"n":{"N":"-12.5e3"},"b":{"B":"AAEC"},
                     "t":{"BOOL":true},"u":{"NULL":true},"ss":{"SS":["a","b"]},"ns":{"NS":["1","2.5"]},"bs":{"BS":["AA==","AQ=="]},
                     "l":{"L":[{"S":""},{"N":"1"},{"L":[]}]},"m":{"M":{"x":{"M":{}},"y":{"BOOL":false}}}},
                     "ConditionExpression":"attribute_not_exists(#p)","ExpressionAttributeNames":{"#p":"pk"},
                     "ExpressionAttributeValues":{":v":{"L":[{"N":"1"}]}},"ReturnValues":"ALL_OLD",
                     "ReturnConsumedCapacity":"INDEXES","ReturnItemCollectionMetrics":"SIZE","Unknown":{"a":[1,{"b":null}]}}"""),
            Map.entry("UpdateItem", """
                    {"TableName":"arn:aws:dynamodb:eu-west-1:123456789012:table/music","Key":{"pk":{"S":"1"}},
                     "AttributeUpdates":{"a":{"Action":"ADD","Value":{"N":"1"}}},
                     "Expected":{"b":{"Exists":false},"c":{"ComparisonOperator":"IN","AttributeValueList":[{"S":"x"}]}},
                     "ConditionalOperator":"AND","ReturnValues":"ALL_NEW"}"""),
            Map.entry("Query", """
                    {"TableName":"music","IndexName":"by-year","Select":"COUNT","AttributesToGet":["a"],"Limit":10,
                     "ConsistentRead":true,"ScanIndexForward":"false","KeyConditionExpression":"a = :a",
                     "KeyConditions":{"a":{"ComparisonOperator":"EQ","AttributeValueList":[{"S":"x"}]}},
                     "ExclusiveStartKey":{"pk":{"S":"1"},"sk":{"N":"7"}},"ExpressionAttributeValues":{":a":{"S":"x"}}}"""),
            Map.entry("Scan", "{\"TableName\":\"music\",\"Segment\":0,\"TotalSegments\":4,\"Limit\":1.9}"),
            Map.entry("BatchGetItem", """
                    {"RequestItems":{"music":{"Keys":[{"pk":{"S":"1"}},{"pk":{"S":"2"}}],"ConsistentRead":true},
                     "books":{"Keys":[{"id":{"N":"1"}}],"ProjectionExpression":"#a","ExpressionAttributeNames":{"#a":"a"}}}}"""),
            Map.entry("BatchWriteItem", """
                    {"RequestItems":{"music":[{"PutRequest":{"Item":{"pk":{"S":"1"}}}},
                     {"DeleteRequest":{"Key":{"pk":{"S":"2"}}}}]}}"""),
            Map.entry("TransactWriteItems", """
                    {"ClientRequestToken":"t","TransactItems":[{"Put":{"TableName":"music","Item":{"pk":{"S":"1"}}}},
                     {"Update":{"TableName":"music","Key":{"pk":{"S":"2"}},"UpdateExpression":"SET a = :a",
                     "ExpressionAttributeValues":{":a":{"N":"1"}}}},{"ConditionCheck":{"TableName":"music",
                     "Key":{"pk":{"S":"3"}},"ConditionExpression":"attribute_exists(a)"}}]}"""),
            Map.entry("CreateTable", """
                    {"TableName":"music","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
                     "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"BillingMode":"PAY_PER_REQUEST",
                     "GlobalSecondaryIndexes":[{"IndexName":"by-year","KeySchema":[{"AttributeName":"y","KeyType":"HASH"}],
                     "Projection":{"ProjectionType":"INCLUDE","NonKeyAttributes":["a"]},
                     "ProvisionedThroughput":{"ReadCapacityUnits":1,"WriteCapacityUnits":9007199254740993}}],
                     "Tags":[{"Key":"a","Value":""}],"StreamSpecification":{"StreamEnabled":true}}"""),
            Map.entry(
                    "ListBackups",
                    "{\"TimeRangeLowerBound\":1.7E9,\"TimeRangeUpperBound\":1700000000.123,\"Limit\":100}"),
            Map.entry(
                    "ExecuteStatement",
                    "{\"Statement\":\"SELECT * FROM t WHERE a = ?\",\"Parameters\":[{\"S\":\"x\"},{\"N\":\"1\"}]}"),
            Map.entry("TagResource", "{\"ResourceArn\":\"arn:x\",\"Tags\":[{\"Key\":\"k\",\"Value\":\"v\"}]}"));
}
