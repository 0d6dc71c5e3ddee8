package dev.evenkeel.verify.model;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;

/** The AWS SDK for Java, which also checks each answer's checksum and reads errors its own way. */
final class SdkEndpoint implements Endpoint {
    private final DynamoDbClient client;

    SdkEndpoint(URI uri) {
        client = DynamoDbClient.builder()
                .endpointOverride(uri)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("model", "model")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(it -> it.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public Reply call(String operation, Map<String, Object> body) {
        try {
            return new Reply("", SdkTrees.toTree(send(operation, body)));
        } catch (ConditionalCheckFailedException e) {
            var tree = new LinkedHashMap<String, Object>();
            if (e.hasItem()) {
                var item = new LinkedHashMap<String, Object>();
                e.item().forEach((name, value) -> item.put(name, SdkTrees.toTree(value)));
                tree.put("Item", item);
            }
            return new Reply("ConditionalCheckFailedException", tree);
        } catch (DynamoDbException e) {
            return new Reply(
                    e.awsErrorDetails().errorCode(),
                    Map.of("message", String.valueOf(e.awsErrorDetails().errorMessage())));
        }
    }

    private SdkPojo send(String operation, Map<String, Object> body) {
        return switch (operation) {
            case "CreateTable" ->
                client.createTable(
                        SdkTrees.fill(CreateTableRequest.builder(), body).build());
            case "DescribeTable" ->
                client.describeTable(
                        SdkTrees.fill(DescribeTableRequest.builder(), body).build());
            case "UpdateTable" ->
                client.updateTable(
                        SdkTrees.fill(UpdateTableRequest.builder(), body).build());
            case "PutItem" ->
                client.putItem(SdkTrees.fill(PutItemRequest.builder(), body).build());
            case "UpdateItem" ->
                client.updateItem(
                        SdkTrees.fill(UpdateItemRequest.builder(), body).build());
            case "DeleteItem" ->
                client.deleteItem(
                        SdkTrees.fill(DeleteItemRequest.builder(), body).build());
            case "GetItem" ->
                client.getItem(SdkTrees.fill(GetItemRequest.builder(), body).build());
            case "BatchGetItem" ->
                client.batchGetItem(
                        SdkTrees.fill(BatchGetItemRequest.builder(), body).build());
            case "BatchWriteItem" ->
                client.batchWriteItem(
                        SdkTrees.fill(BatchWriteItemRequest.builder(), body).build());
            case "Query" ->
                client.query(SdkTrees.fill(QueryRequest.builder(), body).build());
            case "Scan" ->
                client.scan(SdkTrees.fill(ScanRequest.builder(), body).build());
            default -> throw new IllegalArgumentException(operation);
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
