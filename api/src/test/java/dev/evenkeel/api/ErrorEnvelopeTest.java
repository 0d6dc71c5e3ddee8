package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorEnvelopeTest {

    private static String written(DynamoException failure) {
        var out = new ByteArrayOutputStream();
        ErrorEnvelope.write(failure, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesItsTypeWithTheNamespace() {
        assertThat(written(DynamoException.validation("a \"b\" é")))
                .isEqualTo(
                        "{\"__type\":\"com.amazon.coral.validate#ValidationException\",\"message\":\"a \\\"b\\\" é\"}");
        assertThat(written(DynamoException.resourceNotFound()))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\","
                        + "\"message\":\"Requested resource not found\"}");
    }

    @Test
    void theFrameAroundTheServiceWritesMessageInCapitals() {
        assertThat(written(new DynamoException(ErrorCode.SERIALIZATION, "NUMBER_VALUE cannot be converted to String")))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\","
                        + "\"Message\":\"NUMBER_VALUE cannot be converted to String\"}");
    }

    @Test
    void anErrorWithoutWordsHasNoMessage() {
        assertThat(written(new DynamoException(ErrorCode.UNKNOWN_OPERATION, "")))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}");
    }

    @Test
    void aFailedConditionShowsTheItem() {
        var item = Item.of(Map.of("pk", AttributeValue.of("1")));
        assertThat(written(DynamoException.conditionalCheckFailed(item)))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\",\"Item\":{\"pk\":{\"S\":\"1\"}}}");
    }
}
