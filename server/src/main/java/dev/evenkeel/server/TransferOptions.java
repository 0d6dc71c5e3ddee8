package dev.evenkeel.server;

import dev.evenkeel.server.transfer.AwsSettings;
import dev.evenkeel.server.transfer.Course;
import dev.evenkeel.server.transfer.DynamoClient;
import dev.evenkeel.server.transfer.EndpointOptions;
import dev.evenkeel.server.transfer.StopSignal;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that {@code import} and {@code export} have in common. */
final class TransferOptions {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "The endpoint. Default: $AWS_ENDPOINT_URL_DYNAMODB or http://localhost:8000")
    private @Nullable URI endpoint;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Its region. Default: what an address of AWS says, or $AWS_REGION")
    private Optional<String> region = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Whose keys of ~/.aws/credentials to use. Default: $AWS_ACCESS_KEY_ID and so on")
    private Optional<String> profile = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long to try when an endpoint throttles or does not answer. Default: 5m")
    private Duration patience = Duration.ofMinutes(5);

    @Option(names = "--quiet", description = "Say nothing but errors.")
    private boolean quiet;

    private final AwsSettings settings = AwsSettings.ofThisProcess();

    DynamoClient client(StopSignal stop) {
        URI url = endpoint == null ? settings.endpointDefault() : endpoint;
        return client(new EndpointOptions(url, region, profile), stop);
    }

    DynamoClient client(EndpointOptions named, StopSignal stop) {
        return named.client(settings, patience, stop);
    }

    Course course(PrintWriter err, int parallel, StopSignal stop) {
        return Course.of(err, quiet, parallel, stop);
    }
}
