package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.evenkeel.api.shape.DescribeTableOutput;
import dev.evenkeel.api.shape.NoOutput;
import dev.evenkeel.api.shape.PutItemInput;
import dev.evenkeel.api.shape.PutItemOutput;
import dev.evenkeel.api.shape.TableDescription;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OperationsTest {

    static Stream<Operation<?, ?>> all() {
        return Operation.all().stream();
    }

    @Test
    void theModelsHaveFiftyEightAndFour() {
        assertThat(Operation.all().stream().filter(Operation::isOfStreams).map(Operation::name))
                .containsExactly("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams");
        assertThat(Operation.names()).hasSize(62).contains("PutItem", "SearchVectors", "UpdateTableReplicaAutoScaling");
        assertThat(Operation.named("PutItem").map(Operation::name)).contains("PutItem");
        assertThat(Operation.named("putItem")).isEmpty();
        assertThat(Operation.named("PutItem").orElseThrow())
                .isSameAs(Operation.named("PutItem").orElseThrow());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void readsTheEmptyRequest(Operation<?, ?> operation) throws ReflectiveOperationException {
        var input = operation.read("{}".getBytes(StandardCharsets.UTF_8));
        for (var component : input.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(input))
                    .as(component.getName())
                    .isNull();
        }
        assertThat(input.toString()).startsWith(input.getClass().getSimpleName());
        if (input.getClass().getRecordComponents().length == 0) {
            checkUnchecked(operation, input);
        }
    }

    @SuppressWarnings("unchecked")
    private static void checkUnchecked(Operation<?, ?> operation, Object input) {
        ((Operation<Object, ?>) operation).validate(input);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void writesTheEmptyAndTheFullAnswer(Operation<?, ?> operation) throws ReflectiveOperationException, IOException {
        var type = outputType(operation);
        if (type == NoOutput.class) {
            assertThat(Requests.writtenUnchecked(operation, NoOutput.INSTANCE)).isEmpty();
            return;
        }
        assertThat(Requests.writtenUnchecked(operation, record(type, false))).isEqualTo("{}");
        var names = topLevelNames(Requests.writtenUnchecked(operation, record(type, true)));
        assertThat(names).hasSize(type.getRecordComponents().length);
    }

    private static Class<?> outputType(Operation<?, ?> operation) throws ReflectiveOperationException {
        var name = operation.name();
        var codec = Class.forName("dev.evenkeel.api." + name + "Operation");
        return (Class<?>) ((ParameterizedType) codec.getGenericSuperclass()).getActualTypeArguments()[1];
    }

    private static Object record(Class<?> type, boolean full) throws ReflectiveOperationException {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = new Object[components.length];
        for (int i = 0; full && i < components.length; i++) {
            values[i] = sample(components[i].getGenericType());
        }
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object sample(Type type) throws ReflectiveOperationException {
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            return arguments.length == 1 ? List.of(sample(arguments[0])) : Map.of("key", sample(arguments[1]));
        }
        return switch (((Class<?>) type).getSimpleName()) {
            case "String" -> "text";
            case "Integer" -> 7;
            case "Long" -> 7L;
            case "Double" -> 0.5;
            case "Boolean" -> true;
            case "Instant" -> Instant.EPOCH;
            case "Item" -> Item.of(Map.of("a", AttributeValue.of(1)));
            case "WireItem" -> new dev.evenkeel.api.shape.WireItem(Item.EMPTY, null);
            default -> record((Class<?>) type, true);
        };
    }

    /** Also reads the whole text, so that it is known to be JSON. */
    private static List<String> topLevelNames(String json) throws IOException {
        var names = new TreeSet<String>();
        try (var parser = new JsonFactory().createParser(json)) {
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (token == JsonToken.FIELD_NAME && depth == 1) {
                    names.add(parser.currentName());
                }
            }
            assertThat(depth).isZero();
        }
        return List.copyOf(names);
    }

    @Test
    void timesAreSecondsWithMilliseconds() {
        var table = TableDescription.builder().tableName("abc").itemCount(3L);
        assertThat(written(table.creationDateTime(Instant.ofEpochMilli(1_700_000_000_123L))
                        .build()))
                .isEqualTo("{\"Table\":{\"TableName\":\"abc\",\"CreationDateTime\":1700000000.123,\"ItemCount\":3}}");
        assertThat(written(table.creationDateTime(Instant.ofEpochSecond(1_700_000_000))
                        .build()))
                .contains("\"CreationDateTime\":1700000000,");
    }

    private static String written(TableDescription table) {
        return Requests.written(DescribeTableOperation.OPERATION, new DescribeTableOutput(table));
    }

    @Test
    void recordsAreBuiltAndRebuilt() {
        var input = PutItemInput.builder().tableName("abc").returnValues("NONE").build();
        assertThat(input.toBuilder().tableName("abd").build())
                .isEqualTo(PutItemInput.builder()
                        .tableName("abd")
                        .returnValues("NONE")
                        .build());
    }

    @Test
    void readsFromTheMiddleOfAnArray() {
        var body = "xx{\"TableName\":\"abc\"}yy".getBytes(StandardCharsets.UTF_8);
        assertThat(PutItemOperation.OPERATION.read(body, 2, body.length - 4).tableName())
                .isEqualTo("abc");
    }

    @Test
    void callersNeedNoCasts() throws DynamoException {
        Operation<PutItemInput, PutItemOutput> operation = PutItemOperation.OPERATION;
        assertThat(Requests.written(operation, PutItemOutput.builder().build())).isEqualTo("{}");
    }
}
