package dev.evenkeel.server.transfer;

import dev.evenkeel.model.Ticker;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * An endpoint as it was named.
 *
 * @param region and {@code profile}: empty when they are not said
 */
public record EndpointOptions(URI endpoint, Optional<String> region, Optional<String> profile) {
    /** @throws TransferException when there is no such endpoint, or nobody to sign for it */
    public DynamoClient client(AwsSettings settings, Duration patience, StopSignal stop) {
        if (endpoint.getHost() == null
                || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))) {
            throw new TransferException(endpoint + " is no endpoint such as http://localhost:8000");
        }
        var signer =
                new SigV4Signer(settings.credentials(endpoint, profile), settings.region(endpoint, region), "dynamodb");
        return new DynamoClient(endpoint, signer, BackOff.Waits.patient(patience), Ticker.system(), stop);
    }
}
