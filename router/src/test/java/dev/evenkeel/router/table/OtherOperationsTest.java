package dev.evenkeel.router.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.DescribeContinuousBackupsInput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsOutput;
import dev.evenkeel.api.shape.DescribeContributorInsightsInput;
import dev.evenkeel.api.shape.DescribeEndpointsRequest;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationInput;
import dev.evenkeel.api.shape.DescribeLimitsInput;
import dev.evenkeel.api.shape.DescribeTableReplicaAutoScalingInput;
import dev.evenkeel.api.shape.GetResourcePolicyInput;
import dev.evenkeel.api.shape.ListTablesInput;
import dev.evenkeel.api.shape.ListTablesOutput;
import dev.evenkeel.api.shape.ListTagsOfResourceInput;
import dev.evenkeel.api.shape.Tag;
import dev.evenkeel.api.shape.TagResourceInput;
import dev.evenkeel.api.shape.UntagResourceInput;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OtherOperationsTest {
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    private final ControlPlane plane = ControlPlane.immediate();

    private static ErrorCode code(Throwable refused) {
        return ((DynamoException) refused).code();
    }

    @Nested
    class ListTables {
        private ListTablesOutput list(String json) {
            return ControlPlane.call("ListTables", (ListTablesInput input) -> plane.tables.listTables(input), json);
        }

        @Test
        void givesNamesInTheOrderOfTheirBytes() {
            List.of("beta", "Alpha", "alpha", "gamma").forEach(plane::createPlain);

            assertThat(list("{}")).isEqualTo(new ListTablesOutput(List.of("Alpha", "alpha", "beta", "gamma"), null));
        }

        @Test
        void goesOnWhereAPageEnded() {
            List.of("aaa", "bbb", "ccc").forEach(plane::createPlain);

            assertThat(list("{'Limit': 2}")).isEqualTo(new ListTablesOutput(List.of("aaa", "bbb"), "bbb"));
            assertThat(list("{'Limit': 2, 'ExclusiveStartTableName': 'bbb'}"))
                    .isEqualTo(new ListTablesOutput(List.of("ccc"), null));
            assertThat(list("{'Limit': 1, 'ExclusiveStartTableName': 'bb-never-there'}"))
                    .isEqualTo(new ListTablesOutput(List.of("bbb"), "bbb"));
            assertThat(list("{'ExclusiveStartTableName': 'ccc'}")).isEqualTo(new ListTablesOutput(List.of(), null));
        }

        @Test
        void givesAHundredUnlessAskedForFewer() {
            for (int i = 0; i < 101; i++) {
                plane.createPlain("table-%03d".formatted(i));
            }

            assertThat(list("{}").tableNames()).hasSize(100);
            assertThat(list("{}").lastEvaluatedTableName()).isEqualTo("table-099");
        }
    }

    @Nested
    class Tags {
        private void tag(String arn, String tags) {
            ControlPlane.call(
                    "TagResource",
                    (TagResourceInput input) -> plane.tables.tagResource(input),
                    "{'ResourceArn': '%s', 'Tags': [%s]}".formatted(arn, tags));
        }

        private void untag(String arn, String keys) {
            ControlPlane.call(
                    "UntagResource",
                    (UntagResourceInput input) -> plane.tables.untagResource(input),
                    "{'ResourceArn': '%s', 'TagKeys': [%s]}".formatted(arn, keys));
        }

        private List<Tag> tags(String arn) {
            return Objects.requireNonNull(ControlPlane.call(
                            "ListTagsOfResource",
                            (ListTagsOfResourceInput input) -> plane.tables.listTagsOfResource(input),
                            "{'ResourceArn': '%s'}".formatted(arn))
                    .tags());
        }

        @Test
        void comeChangeAndGo() {
            plane.createPlain("orders");
            assertThat(tags(ARN + "orders")).isEmpty();

            tag(ARN + "orders", "{'Key': 'a', 'Value': '1'}, {'Key': 'größe', 'Value': ''}");
            tag(ARN + "orders", "{'Key': 'a', 'Value': '2'}");
            assertThat(tags(ARN + "orders")).containsExactly(new Tag("a", "2"), new Tag("größe", ""));

            untag(ARN + "orders", "'größe', 'never there'");
            assertThat(tags(ARN + "orders")).containsExactly(new Tag("a", "2"));
        }

        @Test
        void refusals() {
            plane.createPlain("orders");
            var fifty = IntStream.range(0, 50)
                    .mapToObj(i -> "{'Key': 'k%d', 'Value': 'v'}".formatted(i))
                    .collect(Collectors.joining(", "));
            tag(ARN + "orders", fifty);

            assertThatThrownBy(() -> tag(ARN + "orders", "{'Key': 'one', 'Value': 'more'}"))
                    .hasMessage("Number of Tags exceed the current limit for the provided ResourceArn");
            assertThatThrownBy(() -> tag(ARN + "orders", ""))
                    .hasMessage("Atleast one Tag needs to be provided as Input.");
            assertThatThrownBy(() -> untag(ARN + "orders", ""))
                    .hasMessage("Atleast one Tag Key needs to be provided as Input.");
            assertThatThrownBy(() -> untag(ARN + "orders", "'aws:x'"))
                    .hasMessage("Tag Key cannot be prefixed with aws:, Key: aws:x");
            assertThatThrownBy(() -> tag("not-a-valid-arn", "{'Key': 'k', 'Value': 'v'}"))
                    .hasMessage("One or more parameter values were invalid: ARNs must start with 'arn:':"
                            + " not-a-valid-arn");
            assertThatThrownBy(() -> tag("arn:aws:s3:us-east-1:000000000000:bucket", "{'Key': 'k', 'Value': 'v'}"))
                    .hasMessage("One or more parameter values were invalid: Provided Arn is not a DynamoDB resource"
                            + " arn: arn:aws:s3:us-east-1:000000000000:bucket");
            assertThatThrownBy(() -> tag(ARN + "orders/index/by-gk", "{'Key': 'k', 'Value': 'v'}"))
                    .hasMessage("One or more parameter values were invalid: Invalid resource arn provided, only table"
                            + " or stream is accepted. Provided resource arn: " + ARN + "orders/index/by-gk");
            assertThatThrownBy(() -> tag(ARN + "none", "{'Key': 'k', 'Value': 'v'}"))
                    .hasMessage("Requested resource not found: ResourceArn: " + ARN + "none not found");
            assertThatThrownBy(() -> tags(ARN + "none"))
                    .extracting(OtherOperationsTest::code)
                    .isEqualTo(ErrorCode.ACCESS_DENIED);
        }
    }

    @Nested
    class WhatToolsAsk {
        private static final String ORDERS = "{'TableName': 'orders'}";
        private static final String NONE = "{'TableName': 'none'}";

        @Test
        void continuousBackups() {
            plane.createPlain("orders");

            var backups = Objects.requireNonNull(describeBackups(ORDERS).continuousBackupsDescription());

            assertThat(backups.continuousBackupsStatus()).isEqualTo("ENABLED");
            assertThat(Objects.requireNonNull(backups.pointInTimeRecoveryDescription())
                            .pointInTimeRecoveryStatus())
                    .isEqualTo("DISABLED");
            assertThatThrownBy(() -> describeBackups(NONE))
                    .hasMessage("Table not found: none")
                    .extracting(OtherOperationsTest::code)
                    .isEqualTo(ErrorCode.TABLE_NOT_FOUND);
        }

        private DescribeContinuousBackupsOutput describeBackups(String json) {
            return ControlPlane.call(
                    "DescribeContinuousBackups",
                    (DescribeContinuousBackupsInput input) -> plane.tables.describeContinuousBackups(input),
                    json);
        }

        @Test
        void contributorInsights() {
            plane.createPlain("orders");

            assertThat(describeInsights(ORDERS)).isEqualTo("DISABLED");
            assertThatThrownBy(() -> describeInsights("{'TableName': 'orders', 'IndexName': 'nope'}"))
                    .hasMessage("Requested resource not found: Index: nope not found for table: orders");
        }

        private String describeInsights(String json) {
            var answer = ControlPlane.call(
                    "DescribeContributorInsights",
                    (DescribeContributorInsightsInput input) -> plane.tables.describeContributorInsights(input),
                    json);
            return Objects.requireNonNull(answer.contributorInsightsStatus());
        }

        @Test
        void autoScalingOfReplicas() {
            plane.createPlain("orders");

            var answer = Objects.requireNonNull(ControlPlane.call(
                            "DescribeTableReplicaAutoScaling",
                            (DescribeTableReplicaAutoScalingInput input) ->
                                    plane.tables.describeTableReplicaAutoScaling(input),
                            """
                            {"TableName": "orders"}""")
                    .tableAutoScalingDescription());
            assertThat(answer.tableName()).isEqualTo("orders");
            assertThat(answer.tableStatus()).isEqualTo("ACTIVE");
            assertThat(answer.replicas()).isEmpty();
        }

        @Test
        void kinesisDestinations() {
            plane.createPlain("orders");

            var answer = ControlPlane.call(
                    "DescribeKinesisStreamingDestination",
                    (DescribeKinesisStreamingDestinationInput input) ->
                            plane.tables.describeKinesisStreamingDestination(input),
                    ORDERS);

            assertThat(answer.tableName()).isEqualTo("orders");
            assertThat(answer.kinesisDataStreamDestinations()).isEmpty();
        }

        @Test
        void resourcePolicy() {
            plane.createPlain("orders");

            assertThatThrownBy(() -> policy("orders"))
                    .extracting(OtherOperationsTest::code)
                    .isEqualTo(ErrorCode.POLICY_NOT_FOUND);
            assertThatThrownBy(() -> policy("none")).hasMessage("Requested resource not found: Table: none not found");
        }

        private void policy(String table) {
            ControlPlane.call(
                    "GetResourcePolicy",
                    (GetResourcePolicyInput input) -> plane.tables.getResourcePolicy(input),
                    "{'ResourceArn': '" + ARN + table + "'}");
        }

        @Test
        void limitsAndEndpoints() {
            var limits = plane.tables.describeLimits(new DescribeLimitsInput());
            assertThat(limits.accountMaxReadCapacityUnits()).isEqualTo(80_000);
            assertThat(limits.tableMaxWriteCapacityUnits()).isEqualTo(40_000);

            var endpoints = Objects.requireNonNull(plane.tables
                    .describeEndpoints(new DescribeEndpointsRequest())
                    .endpoints());
            assertThat(endpoints.getFirst().address()).isEqualTo("localhost:8000");
        }
    }
}
