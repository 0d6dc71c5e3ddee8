package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations on one item: DynamoDB's words for each mistake, and which of two mistakes it tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ItemRefusalsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String MISMATCH = "The provided key element does not match the schema";
    private static final String EMPTY_KEY =
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
                    + "empty string value. Key: id";

    private World world;

    @BeforeAll
    void open() {
        world = new World(2);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest
    @MethodSource({"puts", "keys", "updates", "conditions", "projections", "tables"})
    void isRefused(Refusal refusal) {
        assertThat(world.failure(refusal.operation(), refusal.json())).isEqualTo(refusal.expected());
    }

    private static Refusal put(String table, String item, String message) {
        return Refusal.validation("PutItem", "{'TableName':'" + table + "','Item':" + item + "}", message);
    }

    static Stream<Refusal> puts() {
        return Stream.of(
                put("plain", "{'other':{'S':'a'}}", INVALID + "Missing the key id in the item"),
                put("plain", "{'id':{'N':'1'}}", INVALID + "Type mismatch for key id expected: S actual: N"),
                put("plain", "{'id':{'BOOL':true}}", INVALID + "Type mismatch for key id expected: S actual: BOOL"),
                put("plain", "{'id':{'S':''}}", EMPTY_KEY),
                put(
                        "plain",
                        "{'id':{'S':'" + "k".repeat(2049) + "'}}",
                        INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes"),
                put("rich", "{'id':{'S':'a'}}", INVALID + "Missing the key sort in the item"),
                put(
                        "rich",
                        "{'id':{'S':'a'},'sort':{'N':'1'},'time':{'S':'x'}}",
                        INVALID + "Type mismatch for Index Key time Expected: N Actual: S IndexName: byTime"),
                put(
                        "rich",
                        "{'id':{'S':'a'},'sort':{'N':'1'},'colour':{'S':'" + "c".repeat(2049) + "'}}",
                        INVALID
                                + "Size limit exceeded for Index Key colour Actual Size: 2049 bytes Max Size: 2048 bytes"
                                + " IndexName: byColour"),
                put(
                        "rich",
                        "{'id':{'S':'a'},'sort':{'N':'1'},'time':{'S':'x'},'colour':{'N':'1'}}",
                        INVALID + "Type mismatch for Index Key colour Expected: S Actual: N IndexName: byColour"),
                put(
                        "rich",
                        "{'id':{'S':'a'},'sort':{'N':'1'},'kind':{'S':''}}",
                        "One or more parameter values are not valid. A value specified for a secondary index key is "
                                + "not supported. The AttributeValue for a key attribute cannot contain an empty "
                                + "string value. IndexName: byKind, IndexKey: kind"),
                put(
                        "missing",
                        "{'id':{'S':'a'},'big':{'S':'" + "b".repeat(409_600) + "'}}",
                        "Item size has exceeded the maximum allowed size"),
                put("missing", "{'id':{'S':'a'},'set':{'SS':[]}}", INVALID + "An string set  may not be empty"),
                Refusal.validation(
                        "PutItem",
                        "{'TableName':'missing','Item':{'id':{'S':'a'}},'ReturnValues':'ALL_NEW'}",
                        "ReturnValues can only be ALL_OLD or NONE"));
    }

    static Stream<Refusal> keys() {
        return Stream.of("GetItem", "DeleteItem", "UpdateItem")
                .flatMap(operation -> Stream.of(
                        Refusal.validation(operation, "{'TableName':'plain','Key':{}}", MISMATCH),
                        Refusal.validation(operation, "{'TableName':'plain','Key':{'id':{'N':'1'}}}", MISMATCH),
                        Refusal.validation(operation, "{'TableName':'plain','Key':{'other':{'S':'1'}}}", MISMATCH),
                        Refusal.validation(
                                operation, "{'TableName':'plain','Key':{'id':{'S':'1'},'other':{'S':'1'}}}", MISMATCH),
                        Refusal.validation(operation, "{'TableName':'rich','Key':{'id':{'S':'1'}}}", MISMATCH),
                        Refusal.validation(operation, "{'TableName':'plain','Key':{'id':{'S':''}}}", EMPTY_KEY)));
    }

    private static Refusal update(String table, String rest, String message) {
        return Refusal.validation(
                "UpdateItem",
                "{'TableName':'" + table + "','Key':{'id':{'S':'a'},'sort':{'N':'1'}}," + rest + "}",
                message);
    }

    static Stream<Refusal> updates() {
        return Stream.of(
                update(
                        "rich",
                        "'UpdateExpression':'SET id = :v','ExpressionAttributeValues':{':v':{'S':'b'}}",
                        INVALID + "Cannot update attribute id. This attribute is part of the key"),
                update(
                        "rich",
                        "'AttributeUpdates':{'sort':{'Action':'ADD','Value':{'N':'1'}}}",
                        INVALID + "Cannot update attribute sort. This attribute is part of the key"),
                update(
                        "rich",
                        "'UpdateExpression':'SET #t = :v','ExpressionAttributeNames':{'#t':'time'},"
                                + "'ExpressionAttributeValues':{':v':{'S':'b'}}",
                        INVALID + "Type mismatch for Index Key time Expected: N Actual: S IndexName: byTime"),
                update(
                        "rich",
                        "'UpdateExpression':'SET colour.a = :v','ExpressionAttributeValues':{':v':{'S':'b'}}",
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                                + "IndexKey: colour"),
                update(
                        "rich",
                        "'UpdateExpression':'SET a = :v','ExpressionAttributeValues':{':v':{'S':'b'}},"
                                + "'AttributeUpdates':{'a':{'Value':{'S':'b'}}}",
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {AttributeUpdates} "
                                + "Expression parameters: {UpdateExpression}"),
                update(
                        "missing",
                        "'UpdateExpression':''",
                        "Invalid UpdateExpression: The expression can not be empty;"),
                update(
                        "missing",
                        "'UpdateExpression':'SET a = :v','ExpressionAttributeValues':{':v':{'S':'b'},':w':{'S':'c'}}",
                        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}"));
    }

    static Stream<Refusal> conditions() {
        return Stream.of(
                Refusal.validation(
                        "PutItem",
                        "{'TableName':'missing','Item':{'id':{'S':'a'}},'Expected':{'id':{'Exists':false}},"
                                + "'ConditionExpression':'attribute_not_exists(id)'}",
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}"),
                Refusal.validation(
                        "PutItem",
                        "{'TableName':'missing','Item':{'id':{'S':'a'}},'ExpressionAttributeValues':{':v':{'S':'a'}}}",
                        "ExpressionAttributeValues can only be specified when using expressions: "
                                + "ConditionExpression is null"),
                Refusal.validation(
                        "DeleteItem",
                        "{'TableName':'missing','Key':{'id':{'S':'a'}},'ExpressionAttributeNames':{'#v':'a'}}",
                        "ExpressionAttributeNames can only be specified when using expressions"),
                Refusal.validation(
                        "DeleteItem",
                        "{'TableName':'missing','Key':{'id':{'S':'a'}},'ReturnValues':'UPDATED_OLD'}",
                        "ReturnValues can only be ALL_OLD or NONE"));
    }

    static Stream<Refusal> projections() {
        return Stream.of(
                Refusal.validation(
                        "GetItem",
                        "{'TableName':'missing','Key':{'id':{'S':'a'}},'AttributesToGet':['a'],"
                                + "'ProjectionExpression':'a'}",
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {AttributesToGet} "
                                + "Expression parameters: {ProjectionExpression}"),
                Refusal.validation(
                        "GetItem",
                        "{'TableName':'missing','Key':{'id':{'S':'a'}},'AttributesToGet':['a','a']}",
                        INVALID + "Duplicate value in attribute name: a"),
                Refusal.validation(
                        "GetItem",
                        "{'TableName':'plain','Key':{'id':{'S':'a'}},'ProjectionExpression':'id.a'}",
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                                + "Key: id"));
    }

    static Stream<Refusal> tables() {
        return Stream.of(
                Refusal.notFound("PutItem", "{'TableName':'missing','Item':{'id':{'S':'a'}}}"),
                Refusal.notFound("GetItem", "{'TableName':'missing','Key':{'id':{'S':'a'}}}"),
                Refusal.notFound(
                        "GetItem",
                        "{'TableName':'arn:aws:dynamodb:us-east-1:000000000000:table/missing',"
                                + "'Key':{'id':{'S':'a'}}}"),
                Refusal.notFound("DeleteItem", "{'TableName':'missing','Key':{'id':{'S':'a'}}}"),
                Refusal.notFound("UpdateItem", "{'TableName':'missing','Key':{'id':{'S':'a'}}}"));
    }
}
