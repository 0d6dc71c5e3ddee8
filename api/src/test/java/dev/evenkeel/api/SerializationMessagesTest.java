package dev.evenkeel.api;

import static dev.evenkeel.api.Requests.assertUnreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.ListBackupsInput;
import dev.evenkeel.api.shape.QueryInput;
import dev.evenkeel.api.shape.ScanInput;
import dev.evenkeel.model.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of the wrong kind, in DynamoDB's words, and what is no JSON at all. */
class SerializationMessagesTest {
    private static final String CAST =
            "class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class "
                    + "(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module "
                    + "java.base of loader 'bootstrap')";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true  | TRUE_VALUE cannot be converted to String
            false | FALSE_VALUE cannot be converted to String
            23    | NUMBER_VALUE cannot be converted to String
            -2147483648 | NUMBER_VALUE cannot be converted to String
            34.56 | DECIMAL_VALUE cannot be converted to String
            []    | Unrecognized collection type class java.lang.String
            {}    | Start of structure or map found where not expected
            """)
    void strings(String value, String message) {
        assertUnreadable("PutItem", "{\"TableName\":" + value + "}", message);
        assertUnreadable("GetItem", "{\"AttributesToGet\":[" + value + "]}", message);
        assertUnreadable("GetItem", "{\"ExpressionAttributeNames\":{\"#a\":" + value + "}}", message);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"S\":" + value + "}}}", message);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"N\":" + value + "}}}", message);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"SS\":[" + value + "]}}}", message);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"S\":\"one\",\"N\":" + value + "}}}", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "23"  | Unexpected token received from parser
            23    | NUMBER_VALUE cannot be converted to Boolean
            34.56 | DECIMAL_VALUE cannot be converted to Boolean
            []    | Unrecognized collection type class java.lang.Boolean
            {}    | Start of structure or map found where not expected
            """)
    void booleans(String value, String message) {
        assertUnreadable("GetItem", "{\"ConsistentRead\":" + value + "}", message);
        assertUnreadable("GetItem", "{\"Key\":{\"a\":{\"BOOL\":" + value + "}}}", message);
        assertUnreadable("GetItem", "{\"Key\":{\"a\":{\"NULL\":" + value + "}}}", message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "23"  | STRING_VALUE cannot be converted to %s
            true  | TRUE_VALUE cannot be converted to %s
            []    | Unrecognized collection type class java.lang.%s
            {}    | Start of structure or map found where not expected
            """)
    void integers(String value, String message) {
        assertUnreadable("Query", "{\"Limit\":" + value + "}", message.formatted("Integer"));
        assertUnreadable(
                "CreateTable",
                "{\"ProvisionedThroughput\":{\"ReadCapacityUnits\":" + value + "}}",
                message.formatted("Long"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            true    | only base-64-encoded strings are convertible to bytes
            34.56   | only base-64-encoded strings are convertible to bytes
            []      | Unrecognized collection type class java.nio.ByteBuffer
            {}      | Start of structure or map found where not expected
            "23456" | Base64 encoded length is expected a multiple of 4 bytes but found: 5
            "=+/="  | Invalid last non-pad Base64 character dectected
            "+/+="  | Invalid last non-pad Base64 character dectected
            """)
    void blobs(String value, String message) {
        assertUnreadable("GetItem", "{\"Key\":{\"a\":{\"B\":" + value + "}}}", message);
        assertUnreadable("GetItem", "{\"Key\":{\"a\":{\"BS\":[" + value + "]}}}", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"23\"", "true", "23", "34.56"})
    void scalarsWhereStructuresAndCollectionsBelong(String value) {
        var member = "Unexpected field type";
        assertUnreadable("CreateTable", "{\"KeySchema\":" + value + "}", member);
        assertUnreadable("PutItem", "{\"Item\":" + value + "}", member);
        assertUnreadable("CreateTable", "{\"ProvisionedThroughput\":" + value + "}", member);
        assertUnreadable("PutItem", "{\"Expected\":{\"a\":{\"Value\":" + value + "}}}", member);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"L\":" + value + "}}}", member);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"M\":" + value + "}}}", member);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"NS\":" + value + "}}}", member);
        var element = "Unexpected value type in payload";
        assertUnreadable("CreateTable", "{\"KeySchema\":[" + value + "]}", element);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":" + value + "}}", element);
        assertUnreadable("PutItem", "{\"Item\":{\"a\":{\"L\":[" + value + "]}}}", element);
        assertUnreadable("PutItem", "{\"Expected\":{\"a\":" + value + "}}", element);
        assertUnreadable("BatchWriteItem", "{\"RequestItems\":{\"a\":" + value + "}}", CAST);
        assertUnreadable("BatchGetItem", "{\"RequestItems\":{\"a\":{\"Keys\":[" + value + "]}}}", CAST);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PutItem        | {"Item":[]}                         | java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>
            PutItem        | {"ExpressionAttributeNames":[]}     | java.util.Map<java.lang.String, java.lang.String>
            PutItem        | {"Expected":[]}                     | java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.ExpectedAttributeValue>
            BatchGetItem   | {"RequestItems":[]}                 | java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.KeysAndAttributes>
            BatchWriteItem | {"RequestItems":[]}                 | java.util.Map<java.lang.String, java.util.List<com.amazonaws.dynamodb.v20120810.WriteRequest>>
            BatchGetItem   | {"RequestItems":{"a":{"Keys":[[]]}}} | java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>
            PutItem        | {"Item":{"a":{"M":[]}}}             | java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>
            PutItem        | {"Item":{"a":[]}}                   | class com.amazonaws.dynamodb.v20120810.AttributeValue
            CreateTable    | {"KeySchema":[[]]}                  | class com.amazonaws.dynamodb.v20120810.KeySchemaElement
            CreateTable    | {"ProvisionedThroughput":[]}        | class com.amazonaws.dynamodb.v20120810.ProvisionedThroughput
            """)
    void listsWhereStructuresAndMapsBelong(String operation, String json, String type) {
        assertUnreadable(operation, json, "Unrecognized collection type " + type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CreateTable    | {"KeySchema":{}}
            PutItem        | {"Item":{"a":{"SS":{}}}}
            PutItem        | {"Item":{"a":{"L":{}}}}
            BatchWriteItem | {"RequestItems":{"a":{}}}
            """)
    void structuresWhereListsBelong(String operation, String json) {
        assertUnreadable(operation, json, "Start of structure or map found where not expected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hi",
                "[]",
                "null",
                "1",
                "\"a\"",
                "{",
                "{}x",
                "{} {}",
                "{\"TableName\"}",
                "{\"TableName\":\"a\",}",
                "{\"TableName\":'a'}",
                "{\"Limit\":01}",
                "{\"Limit\":NaN}",
                "{\"Limit\":99999999999999999999}",
                "{\"TableName\":\"a\nb\"}",
                "{\"TableName\":\"\\x\"}",
                "{\"TableName\":\"a\",\"TableName\":\"b\"}",
                "{\"ExpressionAttributeNames\":{\"#a\":\"a\",\"#a\":\"b\"}}",
                "{\"ExclusiveStartKey\":{\"a\":{\"S\":\"x\"},\"a\":{\"S\":\"y\"}}}",
                "{\"ExclusiveStartKey\":{\"a\":{\"M\":{\"b\":{\"S\":\"x\"},\"b\":{\"S\":\"y\"}}}}}",
                "/* no */ {}",
                "\uFEFF {\"TableName\" \"a\"}",
            })
    void whatIsNoRequestHasNoWords(String json) {
        assertUnreadable("Query", json, "");
    }

    @Test
    void invalidUtf8IsAnError() {
        for (var bytes : new byte[][] {
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xFF},
            {(byte) 0xE2, (byte) 0x82},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80}
        }) {
            var body = "{\"TableName\":\"__________\"}".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(bytes, 0, body, 14, bytes.length);
            assertThat(Requests.refusal("Query", body).code()).isEqualTo(ErrorCode.SERIALIZATION);
        }
        var utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Requests.refusal("Query", utf16).code()).isEqualTo(ErrorCode.SERIALIZATION);
    }

    @Test
    void depthBeyondReasonIsAnErrorAndNoStackOverflow() {
        for (var opening :
                new String[] {"{\"Item\":{\"a\":{\"L\":[", "{\"x\":", "{\"x\":[", "{\"Item\":{\"a\":{\"M\":{\"b\":"}) {
            var inner = opening.endsWith("[") ? "{\"L\":[" : "{\"M\":{\"x\":";
            assertUnreadable("PutItem", opening + inner.repeat(100_000), "");
        }
        assertUnreadable("PutItem", "{\"x\":" + "[".repeat(1_000_000), "");
    }

    @Test
    void numbersMayBeWrittenInAnyForm() {
        assertThat(Requests.accept(QueryInput.class, "Query", "{\"TableName\":\"abc\",\"Limit\":2.9}")
                        .limit())
                .isEqualTo(2);
        assertThat(Requests.accept(ScanInput.class, "Scan", "{\"TableName\":\"abc\",\"Limit\":1e3}")
                        .limit())
                .isEqualTo(1000);
        assertUnreadable("Query", "{\"Limit\":1e300}", "DECIMAL_VALUE cannot be converted to Integer");
        assertUnreadable("Query", "{\"Limit\":2147483648}", "NUMBER_VALUE cannot be converted to Integer");
        var range = Requests.accept(
                ListBackupsInput.class, "ListBackups", Objects.requireNonNull(Requests.SAMPLES.get("ListBackups")));
        assertThat(range.timeRangeLowerBound()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(range.timeRangeUpperBound()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
        assertUnreadable(
                "ListBackups",
                "{\"TimeRangeLowerBound\":1e300}",
                "DECIMAL_VALUE cannot be converted to milliseconds since epoch");
    }

    @Test
    void booleansMayBeWrittenAsStrings() {
        var query = Requests.accept(
                QueryInput.class,
                "Query",
                "{\"TableName\":\"abc\",\"ConsistentRead\":\"yes\",\"ScanIndexForward\":\"0\"}");
        assertThat(query.consistentRead()).isTrue();
        assertThat(query.scanIndexForward()).isFalse();
    }

    @Test
    void aNullInAListIsTold() {
        Requests.assertInvalid(
                "CreateTable",
                "{\"KeySchema\":[{\"AttributeName\":\"a\"},null]}",
                "1 validation error detected: Value null at 'keySchema.2.member' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void unknownMembersAndNullsAreIgnored() {
        var query = Requests.accept(
                QueryInput.class,
                "Query",
                "{\"TableName\":\"abc\",\"x\":[{\"y\":[1,null,{}]}],\"tableName\":1,\"IndexName\":null,\"Limit\":null}");
        assertThat(query.tableName()).isEqualTo("abc");
        assertThat(query.indexName()).isNull();
    }
}
