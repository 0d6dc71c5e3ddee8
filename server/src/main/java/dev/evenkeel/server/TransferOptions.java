package dev.evenkeel.server;

import dev.evenkeel.server.transfer.AwsSettings;
import dev.evenkeel.server.transfer.Course;
import dev.evenkeel.server.transfer.DynamoClient;
import dev.evenkeel.server.transfer.EndpointOptions;
import dev.evenkeel.server.transfer.OnInterrupt;
import dev.evenkeel.server.transfer.StopSignal;
import dev.evenkeel.server.transfer.TransferException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
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

    /**
     * Runs a transfer, which the person may interrupt: then it is told here how to go on, since the program ends as soon as
     * the transfer has.
     *
     * @return the exit code
     */
    static int run(PrintWriter err, Consumer<StopSignal> transfer) {
        var stop = new StopSignal();
        try (OnInterrupt _ = OnInterrupt.stop(stop)) {
            try {
                transfer.accept(stop);
                return ExitCode.OK;
            } catch (TransferException e) {
                if (!stop.isGiven()) {
                    throw e;
                }
                err.println("evenkeel: " + e.getMessage());
                err.flush();
                return ExitCode.SOFTWARE;
            }
        }
    }

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
