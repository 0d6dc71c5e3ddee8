package dev.evenkeel.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.model.Ticker;
import dev.evenkeel.server.transfer.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(EvenkeelExtension.class)
class ItemLoaderTest {
    private static final String CREATE = "{\"TableName\":\"orders\",\"BillingMode\":\"PAY_PER_REQUEST\","
            + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"N\"}],"
            + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}\n";

    @TempDir
    private Path folder;

    private static String items(int from, int to) {
        var lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("{\"Item\":{\"id\":{\"N\":\"").append(i).append("\"},\"text\":{\"S\":\"t\"}}}\n");
        }
        return lines.toString();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void load(Evenkeel evenkeel, String argument) {
        new ItemLoader(evenkeel, Progress.silent()).load(LoadFile.parse(argument));
    }

    private static long count(DynamoDbClient client, String table) {
        return client.scan(request -> request.tableName(table)).count();
    }

    @Test
    void fileThatBeginsWithItsTableNeedsNothingElse(Evenkeel evenkeel, DynamoDbClient client) throws IOException {
        load(evenkeel, file("dump.json", CREATE + items(0, 1000)).toString());
        assertThat(count(client, "orders")).isEqualTo(1000);
    }

    @Test
    void loadingAgainIntoTheSameTableIsFine(Evenkeel evenkeel, DynamoDbClient client) throws IOException {
        load(evenkeel, file("a.json", CREATE + items(0, 10)).toString());
        load(evenkeel, file("b.json", CREATE + items(5, 20)).toString());
        assertThat(count(client, "orders")).isEqualTo(20);
    }

    @Test
    void tableComesFromTheArgumentOrTheFilesName(Evenkeel evenkeel, DynamoDbClient client) throws IOException {
        load(evenkeel, file("schema.json", CREATE).toString());
        load(evenkeel, "orders=" + file("export.json", items(0, 3)));
        load(evenkeel, file("orders.part2.json", items(3, 5)).toString());
        assertThat(count(client, "orders")).isEqualTo(5);
    }

    @Test
    void compressedFilesSpacesAndEmptyLinesAreRead(Evenkeel evenkeel, DynamoDbClient client) throws IOException {
        Path packed = folder.resolve("dump.json.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            String text = CREATE + "\r\n\n  { \"Item\": {\"id\": {\"N\": \"7\"}}}\r\n"
                    + items(0, 3).stripTrailing();
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        load(evenkeel, packed.toString());
        assertThat(count(client, "orders")).isEqualTo(4);
    }

    @Test
    void mistakesNameFileAndLine(Evenkeel evenkeel) throws IOException {
        Path unknown = file("nowhere.json", items(0, 1));
        assertThatThrownBy(() -> load(evenkeel, unknown.toString()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(unknown + ", line 1: there is no table nowhere: ");
        Path broken = file("broken.json", CREATE + items(0, 2) + "{\"Item\":{\"id\":{\"S\":\"no number\"}}}\n");
        assertThatThrownBy(() -> load(evenkeel, broken.toString()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith(broken + ", line 4: ");
        for (String nonsense : new String[] {"hello\n", "[1]\n", "{\"Item\":{}", "{}\n"}) {
            Path file = file("nonsense.json", CREATE + nonsense);
            assertThatThrownBy(() -> load(evenkeel, file.toString()))
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith(file + ", line 2: ");
        }
    }

    @Test
    void damagedCompressionIsOneClearLine(Evenkeel evenkeel) throws IOException {
        Path file = file("damaged.json.gz", "this is not gzip");
        assertThatThrownBy(() -> load(evenkeel, file.toString()))
                .isInstanceOf(StartException.class)
                .hasMessageStartingWith("The file " + file + " cannot be read: ");
    }

    @Test
    void terminalShowsABarAndAllSeeTheSum(Evenkeel evenkeel) throws IOException {
        var terminal = new StringWriter();
        var progress = new Progress(new PrintWriter(terminal), true, Ticker.system());
        Path file = file("dump.json", CREATE + items(0, 25));
        new ItemLoader(evenkeel, progress).load(LoadFile.parse(file.toString()));
        assertThat(terminal.toString())
                .contains("[##############################] 100 %  25 items")
                .contains("Loaded 25 items from " + file);
    }
}
