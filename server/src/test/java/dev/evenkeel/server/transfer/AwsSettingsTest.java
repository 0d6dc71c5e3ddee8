package dev.evenkeel.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSettingsTest {
    private static final URI AWS = URI.create("https://dynamodb.eu-west-1.amazonaws.com");
    private static final URI OURS = URI.create("http://localhost:8000");

    @TempDir
    private Path home;

    private AwsSettings settings(String... variables) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < variables.length; i += 2) {
            all.put(variables[i], variables[i + 1]);
        }
        return new AwsSettings(Map.copyOf(all)::get, home);
    }

    @Test
    void regionIsWhatIsAskedThenTheAddresssThenTheEnvironments() {
        AwsSettings settings = settings("AWS_REGION", "eu-north-1");
        assertThat(settings.region(AWS, Optional.of("us-west-2"))).isEqualTo("us-west-2");
        assertThat(settings.region(AWS, Optional.empty())).isEqualTo("eu-west-1");
        assertThat(settings.region(OURS, Optional.empty())).isEqualTo("eu-north-1");
        assertThat(settings().region(OURS, Optional.empty())).isEqualTo("us-east-1");
    }

    @Test
    void credentialsAreTheProfilesThenTheEnvironmentsThenAnybodys() throws IOException {
        Files.createDirectory(home.resolve(".aws"));
        Files.writeString(home.resolve(".aws/credentials"), """
                [default]
                aws_access_key_id = D
                aws_secret_access_key = d=/+
                # of last year
                [work]
                aws_access_key_id=W
                aws_secret_access_key=w
                aws_session_token=t
                """);
        AwsSettings set = settings("AWS_ACCESS_KEY_ID", "E", "AWS_SECRET_ACCESS_KEY", "e");
        assertThat(set.credentials(AWS, Optional.of("work"))).isEqualTo(new AwsCredentials("W", "w", "t"));
        assertThat(set.credentials(AWS, Optional.empty())).isEqualTo(new AwsCredentials("E", "e", null));
        assertThat(settings().credentials(AWS, Optional.empty())).isEqualTo(new AwsCredentials("D", "d=/+", null));
        assertThat(settings("AWS_PROFILE", "work").credentials(AWS, Optional.empty()))
                .hasToString("W");
        assertThat(settings().credentials(OURS, Optional.empty())).isEqualTo(AwsCredentials.ANY);
        assertThatThrownBy(() -> settings().credentials(AWS, Optional.of("other")))
                .hasMessageStartingWith("There are no keys of profile other in ");
    }

    @Test
    void awsNeedsSomebody() {
        assertThatThrownBy(() -> settings().credentials(AWS, Optional.empty()))
                .hasMessage("No credentials for " + AWS
                        + ": set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile");
    }

    @Test
    void endpointIsTheEnvironmentsOrOurs() {
        assertThat(settings().endpointDefault()).isEqualTo(OURS);
        assertThat(settings("AWS_ENDPOINT_URL_DYNAMODB", "http://h:1").endpointDefault())
                .isEqualTo(URI.create("http://h:1"));
    }
}
