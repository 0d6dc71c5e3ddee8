package dev.evenkeel.router;

import dev.evenkeel.router.table.TableOperations;

/** The operations on tables. */
public final class ControlPlane {
    private ControlPlane() {}

    /** Adds a handler for each of them. */
    public static Router.Builder register(Router.Builder router, TableOperations tables) {
        return router.handle("CreateTable", tables::createTable)
                .handle("UpdateTable", tables::updateTable)
                .handle("DeleteTable", tables::deleteTable)
                .handle("DescribeTable", tables::describeTable)
                .handle("ListTables", tables::listTables)
                .handle("TagResource", tables::tagResource)
                .handle("UntagResource", tables::untagResource)
                .handle("ListTagsOfResource", tables::listTagsOfResource)
                .handle("DescribeLimits", tables::describeLimits)
                .handle("DescribeEndpoints", tables::describeEndpoints)
                .handle("UpdateTimeToLive", tables::updateTimeToLive)
                .handle("DescribeTimeToLive", tables::describeTimeToLive)
                .handle("DescribeContinuousBackups", tables::describeContinuousBackups)
                .handle("DescribeContributorInsights", tables::describeContributorInsights)
                .handle("DescribeKinesisStreamingDestination", tables::describeKinesisStreamingDestination)
                .handle("DescribeTableReplicaAutoScaling", tables::describeTableReplicaAutoScaling)
                .handle("GetResourcePolicy", tables::getResourcePolicy);
    }
}
