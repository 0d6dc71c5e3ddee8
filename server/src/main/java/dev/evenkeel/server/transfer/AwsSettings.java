package dev.evenkeel.server.transfer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Region and credentials for an endpoint, from where AWS's own tools have them ("Configuration and credential precedence",
 * AWS CLI User Guide), as far as keys go: what is asked for, environment variables, the file of shared credentials.
 *
 * @param environment null for a variable that is not set
 * @param home the folder of the person who asks
 */
public record AwsSettings(UnaryOperator<@Nullable String> environment, Path home) {
    static final String REGION_DEFAULT = "us-east-1";

    private static final Pattern AWS_HOST =
            Pattern.compile("dynamodb(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");
    private static final Pattern SETTING = Pattern.compile("\\s*([^=\\s]+)\\s*=\\s*(.*?)\\s*");

    @SuppressWarnings("NullAway") // that a variable is not set is what null says
    public static AwsSettings ofThisProcess() {
        return new AwsSettings(System::getenv, Path.of(System.getProperty("user.home")));
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    /** Where to find DynamoDB unless it is said. */
    public URI endpointDefault() {
        return URI.create(variable("AWS_ENDPOINT_URL_DYNAMODB")
                .or(() -> variable("AWS_ENDPOINT_URL"))
                .orElse("http://localhost:8000"));
    }

    String region(URI endpoint, Optional<String> asked) {
        return asked.or(() -> regionOf(endpoint))
                .or(() -> variable("AWS_REGION"))
                .or(() -> variable("AWS_DEFAULT_REGION"))
                .orElse(REGION_DEFAULT);
    }

    private static Optional<String> regionOf(URI endpoint) {
        Matcher host = AWS_HOST.matcher(String.valueOf(endpoint.getHost()));
        return host.matches() ? Optional.of(host.group(1)) : Optional.empty();
    }

    /**
     * Who signs. Where signatures are not checked, anybody does, unless told.
     *
     * @throws TransferException when there is nobody for AWS
     */
    AwsCredentials credentials(URI endpoint, Optional<String> askedProfile) {
        if (askedProfile.isPresent()) {
            return profile(askedProfile.get())
                    .orElseThrow(() -> new TransferException(
                            "There are no keys of profile " + askedProfile.get() + " in " + credentialsFile()));
        }
        Optional<AwsCredentials> found = credentials(
                variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN"));
        if (found.isPresent() || regionOf(endpoint).isEmpty()) {
            return found.orElse(AwsCredentials.ANY);
        }
        return profile(variable("AWS_PROFILE").orElse("default"))
                .orElseThrow(() -> new TransferException("No credentials for " + endpoint
                        + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile"));
    }

    private static Optional<AwsCredentials> credentials(
            Optional<String> accessKeyId, Optional<String> secret, Optional<String> sessionToken) {
        return accessKeyId.isEmpty() || secret.isEmpty()
                ? Optional.empty()
                : Optional.of(new AwsCredentials(accessKeyId.get(), secret.get(), sessionToken.orElse(null)));
    }

    private Path credentialsFile() {
        return variable("AWS_SHARED_CREDENTIALS_FILE")
                .map(Path::of)
                .orElse(home.resolve(".aws").resolve("credentials"));
    }

    private Optional<AwsCredentials> profile(String name) {
        Map<String, String> settings = settings(name);
        return credentials(
                Optional.ofNullable(settings.get("aws_access_key_id")),
                Optional.ofNullable(settings.get("aws_secret_access_key")),
                Optional.ofNullable(settings.get("aws_session_token")));
    }

    private Map<String, String> settings(String profile) {
        var settings = new HashMap<String, String>();
        if (!Files.exists(credentialsFile())) {
            return settings;
        }
        try {
            boolean inside = false;
            for (String line : Files.readAllLines(credentialsFile())) {
                Matcher setting = SETTING.matcher(line);
                if (line.strip().startsWith("[")) {
                    inside = line.strip().equals("[" + profile + "]");
                } else if (inside && setting.matches()) {
                    settings.put(setting.group(1), setting.group(2));
                }
            }
            return settings;
        } catch (IOException e) {
            throw new TransferException(new InputFile(credentialsFile()).problem(e), e);
        }
    }
}
