package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(EvenkeelExtension.class)
class TransferCommandsTest {
    private static final String CREATE = "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\","
            + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"N\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}\n";

    @TempDir
    private Path folder;

    @Test
    void importsExportsAndMoves(Evenkeel evenkeel, DynamoDbClient client) throws Exception {
        Path file = Files.writeString(folder.resolve("in.json"), CREATE + "{\"Item\":{\"id\":{\"N\":\"1\"}}}\n");
        String url = evenkeel.endpoint().toString();
        var imported = CommandRun.of("import", file.toString(), "--endpoint", url);
        assertThat(imported.err()).startsWith("Imported 1 items into orders from " + file + " in ");
        assertThat(imported.exitCode()).isZero();
        client.putItem(put -> put.tableName("orders").item(Map.of("id", AttributeValue.fromN("2"))));

        Path out = folder.resolve("out.json");
        var exported = CommandRun.of("export", "--table=orders", "--endpoint=" + url, out.toString());
        assertThat(exported.err()).startsWith("Exported 2 items of orders to " + out + " in ");
        assertThat(Files.readAllLines(out))
                .hasSize(3)
                .contains("{\"Item\":{\"id\":{\"N\":\"1\"}}}", "{\"Item\":{\"id\":{\"N\":\"2\"}}}");

        try (var other = Evenkeel.start();
                var otherClient = SdkClients.client(other)) {
            String state = folder.resolve("state").toString();
            var moved = CommandRun.of(
                    "import",
                    "--from",
                    url,
                    "--table=orders",
                    "--as=kept",
                    "--quiet",
                    "--state",
                    state,
                    "--endpoint=" + other.endpoint());
            assertThat(moved).isEqualTo(new CommandRun(0, "", ""));
            assertThat(otherClient.scan(scan -> scan.tableName("kept")).count()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "import, Name either files or --from",
        "import --from http://localhost:1, --from needs --table",
        "import some.json --as other, --as needs --from",
        "import some.json --parallel 0, '--parallel must be from 1 to 1000, not 0'",
    })
    void misuseIsOneLineAndExitCode2(String line, String message) {
        var run = CommandRun.of(line.split(" "));
        assertThat(run.err().strip()).isEqualTo("evenkeel: " + message + "; see 'evenkeel import --help'");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void whatDoesNotWorkIsOneLineAndExitCode1() {
        var run = CommandRun.of("import", folder.resolve("none.json").toString());
        assertThat(run.err().strip())
                .isEqualTo("evenkeel: There is no file " + folder.resolve("none.json") + " to import");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("export", "--table=t", "--endpoint=localhost:8000", "x")
                        .err()
                        .strip())
                .isEqualTo("evenkeel: localhost:8000 is no endpoint such as http://localhost:8000");
    }
}
