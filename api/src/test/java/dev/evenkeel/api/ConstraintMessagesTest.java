package dev.evenkeel.api;

import static dev.evenkeel.api.Requests.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a request as a whole, in the words and the order of DynamoDB. */
class ConstraintMessagesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PutItem      | {"Item":{}}                                    | Value null at 'tableName' failed to satisfy constraint: Member must not be null
            PutItem      | {"TableName":"","ReturnValues":"x"}            | Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1
            PutItem      | {"TableName":"bad table!@#","Item":{}}         | Value 'bad table!@#' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+
            PutItem      | {"TableName":"abc"}                            | Value null at 'item' failed to satisfy constraint: Member must not be null
            GetItem      | {"TableName":"abc","Key":null}                 | Value null at 'key' failed to satisfy constraint: Member must not be null
            UpdateItem   | {"TableName":"abc","Key":{},"ReturnValues":"all_new"} | Value 'all_new' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]
            UpdateItem   | {"TableName":"abc","Key":{},"AttributeUpdates":{"a":{"Action":"SET"}}} | Value 'SET' at 'attributeUpdates.a.member.action' failed to satisfy constraint: Member must satisfy enum value set: [ADD, PUT, DELETE]
            Query        | {"TableName":"abc","Select":"INVALID_VALUE"}   | Value 'INVALID_VALUE' at 'select' failed to satisfy constraint: Member must satisfy enum value set: [SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]
            Query        | {"TableName":"abc","Limit":0}                  | Value at 'Limit' failed to satisfy constraint: Member must have value greater than or equal to 1
            Query        | {"TableName":"abc","IndexName":"ab"}           | Value 'ab' at 'indexName' failed to satisfy constraint: Member must have length greater than or equal to 3
            Query        | {"TableName":"abc","KeyConditions":{"a":{}}}   | Value null at 'keyConditions.a.member.comparisonOperator' failed to satisfy constraint: Member must not be null
            Query        | {"TableName":"abc","AttributesToGet":[]}       | Value '[]' at 'attributesToGet' failed to satisfy constraint: Member must have length greater than or equal to 1
            Scan         | {"TableName":"abc","Limit":0}                  | Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1
            Scan         | {"TableName":"abc","TotalSegments":1000001}    | Value '1000001' at 'totalSegments' failed to satisfy constraint: Member must have value less than or equal to 1000000
            Scan         | {"TableName":"abc","ConditionalOperator":"AN"} | Value 'AN' at 'conditionalOperator' failed to satisfy constraint: Member must satisfy enum value set: [OR, AND]
            BatchGetItem | {}                                             | Value null at 'requestItems' failed to satisfy constraint: Member must not be null
            BatchGetItem | {"RequestItems":{"abc":{"Keys":[]}}}           | Value '[]' at 'requestItems.abc.member.keys' failed to satisfy constraint: Member must have length greater than or equal to 1
            BatchGetItem | {"RequestItems":{"":{"Keys":[{}]}}}            | Value '{=KeysAndAttributes(keys=[{}], attributesToGet=null, consistentRead=null, projectionExpression=null, expressionAttributeNames=null)}' at 'requestItems' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1]
            BatchWriteItem | {"RequestItems":{"abc":[]}}                  | Value '{abc=[]}' at 'requestItems' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 25, Member must have length greater than or equal to 1]
            TransactGetItems | {"TransactItems":[]}                       | Value '[]' at 'transactItems' failed to satisfy constraint: Member must have length greater than or equal to 1
            TransactWriteItems | {"TransactItems":[{"Put":{"TableName":"a"}}]} | Value null at 'transactItems.1.member.put.item' failed to satisfy constraint: Member must not be null
            CreateTable  | {"TableName":"ab","KeySchema":[]}              | Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3
            CreateTable  | {"TableName":"abc","AttributeDefinitions":[],"KeySchema":[{"AttributeName":"pk","KeyType":"INVALID"}]} | Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]
            CreateTable  | {"TableName":"abc","AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"INVALID"}],"KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]} | Value 'INVALID' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]
            CreateTable  | {"TableName":"abc","AttributeDefinitions":[],"KeySchema":[{"AttributeName":"a","KeyType":"HASH"},{"AttributeName":"b","KeyType":"RANGE"},{"AttributeName":"c","KeyType":"RANGE"}]} | Value '[KeySchemaElement(attributeName=a, keyType=HASH), KeySchemaElement(attributeName=b, keyType=RANGE), KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2
            UpdateTimeToLive | {"TableName":"abc","TimeToLiveSpecification":{"Enabled":true,"AttributeName":""}} | Value '' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length greater than or equal to 1
            UntagResource | {"ResourceArn":"a","TagKeys":["a",""]}        | Value '[a, ]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]
            ListTables   | {"Limit":101}                                  | Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100
            ExportTableToPointInTime | {"TableArn":"a","S3Bucket":"no bucket"} | Value 'no bucket' at 's3Bucket' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z0-9A-Z]+[\\.\\-\\w]*[a-z0-9A-Z]+
            """)
    void oneThingWrong(String operation, String json, String complaint) {
        assertInvalid(operation, json, "1 validation error detected: " + complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CreateTable    | {}                    | The parameter 'TableName' is required but was not present in the request
            DeleteTable    | {}                    | The parameter 'TableName' is required but was not present in the request
            DescribeTable  | {"TableName":"ab"}    | TableName must be at least 3 characters long and at most 255 characters long
            UpdateTable    | {"TableName":"a;"}    | TableName must be at least 3 characters long and at most 255 characters long
            UpdateTable    | {"TableName":"abc;"}  | 1 validation error detected: Value 'abc;' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+
            BatchGetItem   | {"RequestItems":{}}   | The requestItems parameter is required for BatchGetItem
            BatchWriteItem | {"RequestItems":{}}   | The requestItems parameter is required for BatchWriteItem
            """)
    void toldInOtherWords(String operation, String json, String message) {
        assertInvalid(operation, json, message);
    }

    @Test
    void severalThingsWrongAreListedInDynamoDbsOrder() {
        assertInvalid(
                "PutItem",
                """
                {"TableName":"abc","ReturnValues":"hi","ReturnItemCollectionMetrics":"hi","ReturnConsumedCapacity":"hi"}""",
                "4 validation errors detected: Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]; "
                        + "Value null at 'item' failed to satisfy constraint: Member must not be null; "
                        + "Value 'hi' at 'returnValues' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW]; "
                        + "Value 'hi' at 'returnItemCollectionMetrics' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [SIZE, NONE]");
        assertInvalid(
                "BatchWriteItem",
                "{\"RequestItems\":{\"aa\":[{\"PutRequest\":{},\"DeleteRequest\":{}}]}}",
                "2 validation errors detected: Value null at 'requestItems.aa.member.1.member.deleteRequest.key' "
                        + "failed to satisfy constraint: Member must not be null; "
                        + "Value null at 'requestItems.aa.member.1.member.putRequest.item' "
                        + "failed to satisfy constraint: Member must not be null");
        assertInvalid(
                "CreateTable",
                """
                {"TableName":"abc","AttributeDefinitions":[],"KeySchema":[],"BillingMode":"A",
                 "ProvisionedThroughput":{"ReadCapacityUnits":-1,"WriteCapacityUnits":-1}}""",
                "4 validation errors detected: Value 'A' at 'billingMode' failed to satisfy constraint: "
                        + "Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]; "
                        + "Value '-1' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1; "
                        + "Value '-1' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1; "
                        + "Value '[]' at 'keySchema' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
        assertInvalid(
                "CreateTable",
                "{\"TableName\":\"a;\"}",
                "2 validation errors detected: Value 'a;' at 'tableName' failed to satisfy constraint: "
                        + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                        + "Value 'a;' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 3");
    }

    @Test
    void noMoreThanTenThingsAreListed() {
        var elements = String.join(",", Collections.nCopies(12, "{}"));
        var message = Requests.refusal(
                        "CreateTable",
                        "{\"TableName\":\"abc\",\"AttributeDefinitions\":[" + elements
                                + "],\"KeySchema\":[{\"AttributeName\":\"a\",\"KeyType\":\"HASH\"}]}")
                .getMessage();
        assertThat(message).startsWith("10 validation errors detected: ");
        assertThat(message.split("; ")).hasSize(10);
    }

    @Test
    void longNamesAndArnsAreMeasuredApart() {
        var name = "a".repeat(256);
        assertInvalid(
                "PutItem",
                "{\"TableName\":\"" + name + "\",\"Item\":{}}",
                "1 validation error detected: Value '" + name + "' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 255");
        var arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/" + name;
        Requests.accept("PutItem", "{\"TableName\":\"" + arn + "\",\"Item\":{}}");
        assertThat(Requests.refusal("PutItem", "{\"TableName\":\"" + arn.repeat(4) + "\",\"Item\":{}}"))
                .hasMessageEndingWith("Member must have length less than or equal to 1024");
    }

    @Test
    void batchesThatAreTooLargeShowWhatTheyAre() {
        var keys = IntStream.range(0, 101)
                .mapToObj(i -> "{\"pk\":{\"S\":\"" + i + "\"}}")
                .collect(Collectors.joining(","));
        assertInvalid(
                "BatchGetItem",
                "{\"RequestItems\":{\"Music\":{\"Keys\":[" + keys + "]}}}",
                "1 validation error detected: Value at 'RequestItems.Music.member.Keys' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 100");
        var puts = IntStream.range(0, 26)
                .mapToObj(i -> "{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"" + i + "\"}}}}")
                .collect(Collectors.joining(","));
        assertThat(Requests.refusal("BatchWriteItem", "{\"RequestItems\":{\"music\":[" + puts + "]}}"))
                .hasMessageMatching(
                        "1 validation error detected: Value '\\{music=\\[WriteRequest\\(putRequest=PutRequest"
                                + "\\(item=\\{pk=AttributeValue\\(s=0, n=null, .+\\]\\}' at 'requestItems' failed to satisfy "
                                + "constraint: Map value must satisfy constraint: \\[Member must have length less than or equal "
                                + "to 25, Member must have length greater than or equal to 1\\]");
        var gets = String.join(",", Collections.nCopies(101, "{\"Get\":{\"TableName\":\"abc\",\"Key\":{}}}"));
        assertThat(Requests.refusal("TransactGetItems", "{\"TransactItems\":[" + gets + "]}"))
                .hasMessageMatching(
                        "1 validation error detected: Value '\\[.+\\]' at 'transactItems' failed to satisfy "
                                + "constraint: Member must have length less than or equal to 100");
    }

    @Test
    void patternsDoNotTakeLongOverHostileText() {
        var hostile = "a".repeat(5_000_000) + "!";
        assertThat(Requests.refusal(
                        "ExportTableToPointInTime", "{\"TableArn\":\"a\",\"S3Bucket\":\"" + hostile + "\"}"))
                .hasMessageEndingWith("Member must have length less than or equal to 255");
    }
}
