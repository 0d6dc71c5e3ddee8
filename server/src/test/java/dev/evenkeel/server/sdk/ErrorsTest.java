package dev.evenkeel.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What a program sees of a mistake. */
@OneAndThreeZones
class ErrorsTest {

    private static DynamoDbException failure(ThrowingCallable call) {
        return catchThrowableOfType(DynamoDbException.class, call);
    }

    @Test
    void aMistakeHasCodeStatusAndRequestId(DynamoDbClient client) {
        Sdk.createPlain(client);
        var failure = failure(() -> client.putItem(request -> request.tableName(Sdk.PLAIN)
                .item(Map.of("id", Sdk.s("a")))
                .conditionExpression("a =")
                .expressionAttributeNames(Map.of("#unused", "x"))));
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(failure.awsErrorDetails().errorMessage())
                .startsWith("Invalid ConditionExpression: Syntax error; token: ");
        assertThat(failure.statusCode()).isEqualTo(400);
        assertThat(failure.requestId()).matches("[A-Z0-9]{52}");
        assertThat(failure.isThrottlingException()).isFalse();
    }

    static Consumer<DynamoDbClient> unsupported(Consumer<DynamoDbClient> call) {
        return call;
    }

    static List<Consumer<DynamoDbClient>> unsupportedOperations() {
        return List.of(
                unsupported(client -> client.updateContinuousBackups(request -> request.tableName(Sdk.PLAIN)
                        .pointInTimeRecoverySpecification(spec -> spec.pointInTimeRecoveryEnabled(true)))),
                unsupported(client -> client.createBackup(
                        request -> request.tableName(Sdk.PLAIN).backupName("nightly"))));
    }

    @ParameterizedTest
    @MethodSource("unsupportedOperations")
    void whatIsNotOfferedSaysSo(Consumer<DynamoDbClient> call, DynamoDbClient client) {
        Sdk.createPlain(client);
        var failure = failure(() -> call.accept(client));
        assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
        assertThat(failure.awsErrorDetails().errorMessage())
                .startsWith("The operation ")
                .endsWith(" is not supported");
    }

    @Test
    void anyCredentialsWillDo(URI endpoint) {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsSessionCredentials.create("who", "ever", "token")))
                .build()) {
            assertThat(client.listTables().tableNames()).isEmpty();
        }
    }
}
