package dev.evenkeel.server.transfer;

import org.jspecify.annotations.Nullable;

/**
 * Who signs a request.
 *
 * @param sessionToken of temporary credentials, or null
 */
record AwsCredentials(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken) {
    /** What every endpoint takes that does not check: Evenkeel's own, and DynamoDB Local. */
    static final AwsCredentials ANY = new AwsCredentials("any", "any", null);

    /** Not the secret. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
