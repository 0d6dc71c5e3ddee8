package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.api.shape.BatchWriteItemOutput;
import dev.evenkeel.api.shape.GetItemOutput;
import dev.evenkeel.api.shape.PutItemInput;
import dev.evenkeel.api.shape.PutRequest;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.api.shape.WriteRequest;
import dev.evenkeel.model.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes in as JSON goes out as JSON that says the same. */
class ItemRoundTripTest {

    private static Item read(String item) {
        var input = Requests.accept(PutItemInput.class, "PutItem", "{\"TableName\":\"abc\",\"Item\":" + item + "}");
        return Objects.requireNonNull(input.item()).valid();
    }

    private static String write(Item item) {
        var json = Requests.written(
                GetItemOperation.OPERATION, GetItemOutput.builder().item(item).build());
        assertThat(json).startsWith("{\"Item\":").endsWith("}");
        return json.substring("{\"Item\":".length(), json.length() - 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.evenkeel.api.Seeds#hundred")
    void jsonToBinaryToJson(long seed) {
        var random = new RandomAttributes(seed);
        for (int i = 0; i < 20; i++) {
            var attributes = random.attributes();
            var item = read(random.json(attributes));
            assertThat(item).isEqualTo(Item.of(attributes));
            var written = write(item);
            assertThat(read(written)).isEqualTo(item);
            assertThat(write(read(written))).isEqualTo(written);
        }
    }

    @Test
    void everyTypeHasItsForm() {
        var json = """
                {"b":{"B":"AAEC"},"bs":{"BS":["AA==","AQ=="]},"l":{"L":[{"S":"a\\"b"},{"L":[]}]},"m":{"M":{"x":{"M":{}}}},\
                "n":{"N":"-12500"},"ns":{"NS":["-1","2.5"]},"s":{"S":"käse"},"ss":{"SS":["a","b"]},"t":{"BOOL":true},\
                "u":{"NULL":true}}""";
        assertThat(write(read(json))).isEqualTo(json);
        assertThat(write(read(json.replace("-12500", "-1.25E+4").replace("\"2.5\"", "\"02.50\""))))
                .isEqualTo(json);
    }

    @Test
    void whatABatchLeavesUnprocessedGoesBackAsItCame() {
        var request = new WriteRequest(new PutRequest(WireItem.of(read("{\"pk\":{\"S\":\"1\"}}"))), null);
        var output = BatchWriteItemOutput.builder()
                .unprocessedItems(Map.of("music", List.of(request)))
                .build();
        assertThat(Requests.written(BatchWriteItemOperation.OPERATION, output))
                .isEqualTo("{\"UnprocessedItems\":{\"music\":[{\"PutRequest\":{\"Item\":{\"pk\":{\"S\":\"1\"}}}}]}}");
    }
}
