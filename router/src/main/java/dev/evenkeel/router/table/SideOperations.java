package dev.evenkeel.router.table;

import dev.evenkeel.api.shape.ContinuousBackupsDescription;
import dev.evenkeel.api.shape.DescribeContinuousBackupsInput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsOutput;
import dev.evenkeel.api.shape.DescribeContributorInsightsInput;
import dev.evenkeel.api.shape.DescribeContributorInsightsOutput;
import dev.evenkeel.api.shape.DescribeEndpointsResponse;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationInput;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationOutput;
import dev.evenkeel.api.shape.DescribeLimitsOutput;
import dev.evenkeel.api.shape.DescribeTableReplicaAutoScalingInput;
import dev.evenkeel.api.shape.DescribeTableReplicaAutoScalingOutput;
import dev.evenkeel.api.shape.Endpoint;
import dev.evenkeel.api.shape.GetResourcePolicyInput;
import dev.evenkeel.api.shape.GetResourcePolicyOutput;
import dev.evenkeel.api.shape.PointInTimeRecoveryDescription;
import dev.evenkeel.api.shape.TableAutoScalingDescription;
import dev.evenkeel.metadata.Catalog;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tools ask of every table and what is the same for all of them here: that nothing is backed up all the time, is
 * watched, is shared or is streamed to Kinesis.
 */
final class SideOperations {
    private static final String DISABLED = "DISABLED";
    private static final long ACCOUNT_UNITS_MAX = 80_000;
    private static final long TABLE_UNITS_MAX = 40_000;
    private static final long ENDPOINT_CACHE_MINUTES = 1_440;

    private final Catalog catalog;
    private final TableArns arns;
    private final TableOptions options;

    SideOperations(Catalog catalog, TableArns arns, TableOptions options) {
        this.catalog = catalog;
        this.arns = arns;
        this.options = options;
    }

    /**
     * Point-in-time recovery is off. {@code ContinuousBackupsStatus} says ENABLED for every table of DynamoDB whether it
     * is recoverable or not; what decides is the other status.
     */
    DescribeContinuousBackupsOutput continuousBackups(DescribeContinuousBackupsInput input) {
        var name = arns.nameOf(Objects.requireNonNull(input.tableName()));
        if (catalog.newestKnown().table(name).isEmpty()) {
            throw new DynamoException(ErrorCode.TABLE_NOT_FOUND, "Table not found: " + name);
        }
        return DescribeContinuousBackupsOutput.builder()
                .continuousBackupsDescription(ContinuousBackupsDescription.builder()
                        .continuousBackupsStatus("ENABLED")
                        .pointInTimeRecoveryDescription(PointInTimeRecoveryDescription.builder()
                                .pointInTimeRecoveryStatus(DISABLED)
                                .build())
                        .build())
                .build();
    }

    DescribeContributorInsightsOutput contributorInsights(DescribeContributorInsightsInput input) {
        var table = table(input.tableName());
        var index = input.indexName();
        if (index != null && table.globalIndex(index).isEmpty()) {
            throw Refusals.notFound("Index: " + index + " not found for table: " + table.name());
        }
        return DescribeContributorInsightsOutput.builder()
                .tableName(table.name())
                .indexName(index)
                .contributorInsightsStatus(DISABLED)
                .build();
    }

    /** A table is in one region, and nothing changes its units by itself. */
    DescribeTableReplicaAutoScalingOutput autoScaling(DescribeTableReplicaAutoScalingInput input) {
        var table = table(input.tableName());
        return DescribeTableReplicaAutoScalingOutput.builder()
                .tableAutoScalingDescription(TableAutoScalingDescription.builder()
                        .tableName(table.name())
                        .tableStatus(table.status().name())
                        .replicas(List.of())
                        .build())
                .build();
    }

    DescribeKinesisStreamingDestinationOutput kinesis(DescribeKinesisStreamingDestinationInput input) {
        return DescribeKinesisStreamingDestinationOutput.builder()
                .tableName(table(input.tableName()).name())
                .kinesisDataStreamDestinations(List.of())
                .build();
    }

    GetResourcePolicyOutput resourcePolicy(GetResourcePolicyInput input) {
        var arn = Objects.requireNonNull(input.resourceArn());
        requireTable(arns.nameOfResource(arn));
        throw new DynamoException(
                ErrorCode.POLICY_NOT_FOUND, "Resource-based policy not found for the provided ResourceArn: " + arn);
    }

    /** DynamoDB's quotas of a new account. Nothing enforces them here. */
    DescribeLimitsOutput limits() {
        return DescribeLimitsOutput.builder()
                .accountMaxReadCapacityUnits(ACCOUNT_UNITS_MAX)
                .accountMaxWriteCapacityUnits(ACCOUNT_UNITS_MAX)
                .tableMaxReadCapacityUnits(TABLE_UNITS_MAX)
                .tableMaxWriteCapacityUnits(TABLE_UNITS_MAX)
                .build();
    }

    DescribeEndpointsResponse endpoints() {
        return DescribeEndpointsResponse.builder()
                .endpoints(List.of(Endpoint.builder()
                        .address(options.endpoint())
                        .cachePeriodInMinutes(ENDPOINT_CACHE_MINUTES)
                        .build()))
                .build();
    }

    private Table table(@Nullable String nameOrArn) {
        return requireTable(arns.nameOf(Objects.requireNonNull(nameOrArn)));
    }

    private Table requireTable(String name) {
        return catalog.newestKnown().table(name).orElseThrow(() -> Refusals.tableNotFound(name));
    }
}
