package dev.evenkeel.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.ScanOutput;
import dev.evenkeel.metadata.CatalogChange;
import dev.evenkeel.metadata.IndexStatus;
import dev.evenkeel.model.DynamoException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Query and Scan: DynamoDB's words for each mistake, and which of two mistakes it tells. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RangeRefusalsTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String BAD_START = "The provided starting key is invalid";
    private static final String MISMATCH = "The provided key element does not match the schema";

    private World world;

    @BeforeAll
    void open() {
        world = new World(3);
    }

    @AfterAll
    void close() {
        world.close();
    }

    @ParameterizedTest
    @MethodSource({"parameters", "selects", "indexes", "keyConditions", "filters", "queryStartKeys", "scans"})
    void isRefused(Refusal refusal) {
        assertThat(world.failure(refusal.operation(), refusal.json())).isEqualTo(refusal.expected());
    }

    private static Refusal query(String table, String rest, String message) {
        return Refusal.validation("Query", "{'TableName':'" + table + "'," + rest + "}", message);
    }

    private static Refusal scan(String table, String rest, String message) {
        return Refusal.validation("Scan", "{'TableName':'" + table + "'," + rest + "}", message);
    }

    private static String where(String condition, String value) {
        return "'KeyConditionExpression':'" + condition + "','ExpressionAttributeValues':{':v':" + value + "}";
    }

    private static final String BY_ID = where("id = :v", "{'S':'a'}");

    static Stream<Refusal> parameters() {
        return Stream.of(
                query(
                        "missing",
                        "'ConsistentRead':true",
                        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the "
                                + "request."),
                query(
                        "missing",
                        "'KeyConditionExpression':''",
                        "Invalid KeyConditionExpression: The expression can " + "not be empty;"),
                query(
                        "missing",
                        "'KeyConditionExpression':'a = :a','KeyConditions':{'a':{'ComparisonOperator':'EQ',"
                                + "'AttributeValueList':[{'S':'a'}]}},'QueryFilter':{},'AttributesToGet':['a']",
                        "Can not use both expression and non-expression parameters in the same request: "
                                + "Non-expression parameters: {AttributesToGet, QueryFilter, KeyConditions} "
                                + "Expression parameters: {KeyConditionExpression}"),
                query(
                        "plain",
                        BY_ID + ",'ExpressionAttributeNames':{'#unused':'a'}",
                        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}"),
                scan(
                        "missing",
                        "'ConditionalOperator':'OR'",
                        "ConditionalOperator cannot be used without Filter or Expected"),
                scan(
                        "missing",
                        "'ConditionalOperator':'OR','ScanFilter':{'a':{'ComparisonOperator':'NULL'}}",
                        "ConditionalOperator can only be used when Filter or Expected has two or more elements"),
                Refusal.notFound("Query", "{'TableName':'missing'," + BY_ID + "}"),
                Refusal.notFound("Scan", "{'TableName':'missing'}"));
    }

    static Stream<Refusal> selects() {
        return Stream.of(
                query(
                        "missing",
                        BY_ID + ",'Select':'SPECIFIC_ATTRIBUTES'",
                        "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when "
                                + "choosing to get SPECIFIC_ATTRIBUTES"),
                scan(
                        "missing",
                        "'Select':'SPECIFIC_ATTRIBUTES'",
                        "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                                + "SPECIFIC_ATTRIBUTES"),
                query(
                        "missing",
                        BY_ID + ",'Select':'COUNT','ProjectionExpression':'a'",
                        "Cannot specify the ProjectionExpression when choosing to get only the Count"),
                scan(
                        "missing",
                        "'Select':'ALL_ATTRIBUTES','ProjectionExpression':'a'",
                        "Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES"),
                scan(
                        "missing",
                        "'Select':'ALL_PROJECTED_ATTRIBUTES'",
                        "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"),
                scan(
                        "rich",
                        "'IndexName':'byColour','Select':'ALL_ATTRIBUTES'",
                        INVALID + "Select type ALL_ATTRIBUTES is not supported for global secondary index byColour "
                                + "because its projection type is not ALL"),
                scan(
                        "rich",
                        "'IndexName':'byColour','ProjectionExpression':'note, txt, xyz'",
                        INVALID + "Global secondary index byColour does not project [txt, xyz]"));
    }

    static Stream<Refusal> indexes() {
        return Stream.of(
                query("rich", BY_ID + ",'IndexName':'none'", "The table does not have the specified index: none"),
                scan("plain", "'IndexName':'none'", "The table does not have the specified index: none"),
                query(
                        "rich",
                        where("kind = :v", "{'S':'a'}") + ",'IndexName':'byKind','ConsistentRead':true",
                        "Consistent reads are not supported on global secondary indexes"),
                scan(
                        "rich",
                        "'IndexName':'byKind','ConsistentRead':true",
                        "Consistent reads are not supported on global secondary indexes"));
    }

    @Test
    void anIndexIsReadWhenItIsComplete() {
        var id = world.table("places").id();
        var request = "{'TableName':'places','IndexName':'byPlace'}";
        world.catalog.propose(new CatalogChange.SetIndexStatus(id, "byPlace", IndexStatus.CREATING, true));
        assertThat(world.failure("Scan", request))
                .isEqualTo("VALIDATION: Cannot read from backfilling global secondary index: byPlace");
        world.catalog.propose(new CatalogChange.SetIndexStatus(id, "byPlace", IndexStatus.ACTIVE, false));
        assertThat(world.<ScanOutput>call("Scan", request).count()).isZero();
        world.catalog.propose(new CatalogChange.SetIndexStatus(id, "byPlace", IndexStatus.DELETING, false));
        assertThat(world.failure("Scan", request))
                .isEqualTo("VALIDATION: The table does not have the specified index: byPlace");
    }

    static Stream<Refusal> keyConditions() {
        return Stream.of(
                query("rich", where("sort = :v", "{'N':'1'}"), "Query condition missed key schema element: id"),
                query("rich", where("xyz = :v", "{'N':'1'}"), "Query condition missed key schema element: id"),
                query("plain", where("id > :v", "{'S':'a'}"), "Query key condition not supported"),
                query("plain", where("id = :v and b = :v", "{'S':'a'}"), "Query key condition not supported"),
                query(
                        "plain",
                        where("id = :v", "{'N':'1'}"),
                        INVALID + "Condition parameter type does not match schema type"),
                query(
                        "plain",
                        where("id = :v", "{'S':''}"),
                        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
                                + "contain an empty string value. Key: id"),
                query(
                        "plain",
                        "'KeyConditions':{'id':{'ComparisonOperator':'NE','AttributeValueList':[{'S':'a'}]}}",
                        "Attempted conditional constraint is not an indexable operation"),
                query("missing", "'KeyConditions':{}", "Conditions can be of length 1 or 2 only"));
    }

    static Stream<Refusal> filters() {
        return Stream.of(
                query(
                        "rich",
                        BY_ID + ",'FilterExpression':'sort > :v'",
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: sort"),
                query(
                        "rich",
                        "'KeyConditions':{'id':{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
                                + "'QueryFilter':{'id':{'ComparisonOperator':'NOT_NULL'}}",
                        "QueryFilter can only contain non-primary key attributes: Primary key attribute: id"),
                query(
                        "rich",
                        where("colour = :v", "{'S':'a'}") + ",'IndexName':'byColour','FilterExpression':'txt = :v'",
                        INVALID + "Secondary index byColour does not project one or more filter attributes: [txt]"),
                query(
                        "rich",
                        "'IndexName':'byColour','Select':'ALL_ATTRIBUTES','KeyConditions':{'colour':"
                                + "{'ComparisonOperator':'EQ','AttributeValueList':[{'S':'a'}]}},"
                                + "'QueryFilter':{'sort':{'ComparisonOperator':'NOT_NULL'}}",
                        "QueryFilter can only contain non-primary key attributes: Primary key attribute: sort"),
                scan(
                        "rich",
                        "'FilterExpression':'kind[0] = :v','ExpressionAttributeValues':{':v':{'S':'a'}}",
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: "
                                + "IndexKey: kind"));
    }

    private static String start(String key) {
        return ",'ExclusiveStartKey':" + key;
    }

    static Stream<Refusal> queryStartKeys() {
        var byKind = where("kind = :v", "{'S':'a'}") + ",'IndexName':'byKind'";
        var above = where("id = :w and sort > :v", "{'N':'5'},':w':{'S':'a'}");
        return Stream.of(
                query("rich", BY_ID + start("{'id':{'S':'a'}}"), BAD_START),
                query("rich", BY_ID + start("{'id':{'S':'a'},'other':{'N':'1'}}"), BAD_START),
                query("rich", BY_ID + start("{'id':{'S':'a'},'sort':{'S':'1'}}"), MISMATCH),
                query("rich", byKind + start("{'kind':{'S':'a'}}"), BAD_START),
                query(
                        "rich",
                        byKind + start("{'kind':{'S':'a'},'id':{'S':'a'},'sort':{'S':'a'}}"),
                        BAD_START + ": " + MISMATCH),
                query(
                        "rich",
                        BY_ID + start("{'id':{'S':'b'},'sort':{'N':'1'}}"),
                        "The provided starting key is outside query boundaries based on provided conditions"),
                query(
                        "rich",
                        above + start("{'id':{'S':'a'},'sort':{'N':'5'}}"),
                        "The provided starting key does not match the range key predicate"),
                query(
                        "rich",
                        above + start("{'id':{'S':'b'},'sort':{'N':'6'}}"),
                        "The query can return at most one row and cannot be restarted"),
                query(
                        "missing",
                        BY_ID + start("{'id':{'SS':[]},'sort':{'N':'6'}}"),
                        BAD_START + ": " + INVALID + "An string set  may not be empty"),
                query(
                        "missing",
                        BY_ID + start("{'id':{'SS':['a','a']},'sort':{'N':'6'}}"),
                        INVALID + "Input collection [a, a] contains duplicates."));
    }

    static Stream<Refusal> scans() {
        return Stream.of(
                scan(
                        "missing",
                        "'Segment':0",
                        "The TotalSegments parameter is required but was not present in the request when Segment "
                                + "parameter is present"),
                scan(
                        "missing",
                        "'TotalSegments':4",
                        "The Segment parameter is required but was not present in the request when parameter "
                                + "TotalSegments is present"),
                scan(
                        "missing",
                        "'Segment':5,'TotalSegments':5",
                        "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: "
                                + "5 is not less than TotalSegments: 5"),
                scan("plain", "'ExclusiveStartKey':{}", BAD_START + ": " + MISMATCH),
                scan("plain", "'ExclusiveStartKey':{'id':{'N':'1'}}", BAD_START + ": " + MISMATCH),
                scan("rich", "'IndexName':'byKind','ExclusiveStartKey':{'id':{'S':'a'}}", BAD_START),
                scan(
                        "rich",
                        "'IndexName':'byColour','Select':'ALL_ATTRIBUTES'"
                                + start("{'id':{'N':'1'},'sort':{'N':'1'},'colour':{'S':'a'}}"),
                        INVALID + "Select type ALL_ATTRIBUTES is not supported for global secondary index byColour "
                                + "because its projection type is not ALL"));
    }

    @Test
    void aStartKeyOfAnotherSegment() {
        long refused = Stream.of(0, 1)
                .filter(segment -> {
                    try {
                        world.call(
                                "Scan",
                                "{'TableName':'plain','TotalSegments':2,'Segment':" + segment
                                        + ",'ExclusiveStartKey':{'id':{'S':'a'}}}");
                        return false;
                    } catch (DynamoException refusal) {
                        assertThat(refusal.getMessage())
                                .isEqualTo(BAD_START + ": Invalid ExclusiveStartKey. Please use ExclusiveStartKey with "
                                        + "correct Segment. TotalSegments: 2 Segment: " + segment);
                        return true;
                    }
                })
                .count();
        assertThat(refused).isEqualTo(1);
    }
}
