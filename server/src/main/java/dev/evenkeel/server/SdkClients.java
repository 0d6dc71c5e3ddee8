package dev.evenkeel.server;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients of the AWS SDK. A class of its own, so that nothing of the SDK is loaded where there is none. */
final class SdkClients {
    private SdkClients() {}

    /** A client of that database; closing it is up to the caller. */
    static DynamoDbClient client(Evenkeel evenkeel) {
        return DynamoDbClient.builder()
                .endpointOverride(evenkeel.endpoint())
                .region(Region.of(evenkeel.region()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }
}
