package dev.evenkeel.server;

import dev.evenkeel.api.shape.CreateTableInput;
import dev.evenkeel.api.shape.CreateTableOutput;
import dev.evenkeel.api.shape.DeleteTableInput;
import dev.evenkeel.api.shape.DeleteTableOutput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsInput;
import dev.evenkeel.api.shape.DescribeContinuousBackupsOutput;
import dev.evenkeel.api.shape.DescribeContributorInsightsInput;
import dev.evenkeel.api.shape.DescribeContributorInsightsOutput;
import dev.evenkeel.api.shape.DescribeEndpointsRequest;
import dev.evenkeel.api.shape.DescribeEndpointsResponse;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationInput;
import dev.evenkeel.api.shape.DescribeKinesisStreamingDestinationOutput;
import dev.evenkeel.api.shape.DescribeLimitsInput;
import dev.evenkeel.api.shape.DescribeLimitsOutput;
import dev.evenkeel.api.shape.DescribeTableInput;
import dev.evenkeel.api.shape.DescribeTableOutput;
import dev.evenkeel.api.shape.DescribeTimeToLiveInput;
import dev.evenkeel.api.shape.DescribeTimeToLiveOutput;
import dev.evenkeel.api.shape.GetResourcePolicyInput;
import dev.evenkeel.api.shape.GetResourcePolicyOutput;
import dev.evenkeel.api.shape.ListTablesInput;
import dev.evenkeel.api.shape.ListTablesOutput;
import dev.evenkeel.api.shape.ListTagsOfResourceInput;
import dev.evenkeel.api.shape.ListTagsOfResourceOutput;
import dev.evenkeel.api.shape.NoOutput;
import dev.evenkeel.api.shape.TagResourceInput;
import dev.evenkeel.api.shape.UntagResourceInput;
import dev.evenkeel.api.shape.UpdateTableInput;
import dev.evenkeel.api.shape.UpdateTableOutput;
import dev.evenkeel.router.OperationHandler;
import dev.evenkeel.router.Router;
import dev.evenkeel.router.table.TableOperations;

/** Names the operations on tables to the router. */
final class ControlPlane {
    private final Router.Builder router;

    private ControlPlane(Router.Builder router) {
        this.router = router;
    }

    static void register(Router.Builder router, TableOperations tables) {
        new ControlPlane(router).addAll(tables);
    }

    private void addAll(TableOperations tables) {
        this.<CreateTableInput, CreateTableOutput>add("CreateTable", tables::createTable);
        this.<UpdateTableInput, UpdateTableOutput>add("UpdateTable", tables::updateTable);
        this.<DeleteTableInput, DeleteTableOutput>add("DeleteTable", tables::deleteTable);
        this.<DescribeTableInput, DescribeTableOutput>add("DescribeTable", tables::describeTable);
        this.<ListTablesInput, ListTablesOutput>add("ListTables", tables::listTables);
        this.<TagResourceInput, NoOutput>add("TagResource", tables::tagResource);
        this.<UntagResourceInput, NoOutput>add("UntagResource", tables::untagResource);
        this.<ListTagsOfResourceInput, ListTagsOfResourceOutput>add("ListTagsOfResource", tables::listTagsOfResource);
        this.<DescribeLimitsInput, DescribeLimitsOutput>add("DescribeLimits", tables::describeLimits);
        this.<DescribeEndpointsRequest, DescribeEndpointsResponse>add("DescribeEndpoints", tables::describeEndpoints);
        this.<DescribeTimeToLiveInput, DescribeTimeToLiveOutput>add("DescribeTimeToLive", tables::describeTimeToLive);
        this.<DescribeContinuousBackupsInput, DescribeContinuousBackupsOutput>add(
                "DescribeContinuousBackups", tables::describeContinuousBackups);
        this.<DescribeContributorInsightsInput, DescribeContributorInsightsOutput>add(
                "DescribeContributorInsights", tables::describeContributorInsights);
        this.<DescribeKinesisStreamingDestinationInput, DescribeKinesisStreamingDestinationOutput>add(
                "DescribeKinesisStreamingDestination", tables::describeKinesisStreamingDestination);
        this.<GetResourcePolicyInput, GetResourcePolicyOutput>add("GetResourcePolicy", tables::getResourcePolicy);
    }

    /** The two types hold the method to the operation's own, which the router's map cannot. */
    private <I, O> void add(String name, OperationHandler<I, O> handler) {
        router.handle(name, handler);
    }
}
