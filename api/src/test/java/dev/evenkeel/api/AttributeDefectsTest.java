package dev.evenkeel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenkeel.api.shape.PutItemInput;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.DynamoException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attribute values that are read but mean nothing: the first mistake is kept with the item or value. */
class AttributeDefectsTest {

    private static PutItemInput put(String values) {
        return Requests.accept(PutItemInput.class, "PutItem", "{\"TableName\":\"abc\",\"Item\":{" + values + "}}");
    }

    private static String defect(String values) {
        return Objects.requireNonNull(Objects.requireNonNull(put(values).item()).defect(), values);
    }

    private static String nested(String type, int levels, String leaf) {
        return type.equals("L")
                ? "{\"L\":[".repeat(levels) + leaf + "]}".repeat(levels)
                : "{\"M\":{\"x\":".repeat(levels) + leaf + "}}".repeat(levels);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                      | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            null                    | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"a":""}                | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"S":null}              | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"M":{"a":{}}}          | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"L":[{"S":"x"},{}]}    | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes
            {"S":"a","N":"1"}       | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
            {"L":[],"M":{"a":{"L":[{"S":"x","S":"y"}]}}} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes
            {"NULL":false}          | One or more parameter values were invalid: Null attribute value types must have the value of true
            {"NULL":"no"}           | One or more parameter values were invalid: Null attribute value types must have the value of true
            {"SS":[]}               | One or more parameter values were invalid: An string set  may not be empty
            {"NS":[]}               | One or more parameter values were invalid: An number set  may not be empty
            {"BS":[]}               | One or more parameter values were invalid: Binary sets should not be empty
            {"SS":["a","a"]}        | One or more parameter values were invalid: Input collection [a, a] contains duplicates.
            {"BS":["Yg==","Yg=="]}  | One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains duplicates.
            {"NS":["1","1.0"]}      | Input collection contains duplicates
            {"N":""}                | The parameter cannot be converted to a numeric value
            {"S":"a","N":"b"}       | The parameter cannot be converted to a numeric value: b
            {"NS":["1",""]}         | The parameter cannot be converted to a numeric value
            {"NS":["b"]}            | The parameter cannot be converted to a numeric value: b
            {"N":"123456789012345678901234567890123456789"} | Attempting to store more than 38 significant digits in a Number
            {"N":"1e126"}           | Number overflow. Attempting to store a number with magnitude larger than supported range
            {"N":"1e-131"}          | Number underflow. Attempting to store a number with magnitude smaller than supported range
            {"M":{"":{"S":"x"}}}    | One or more parameter values were invalid: Empty attribute name
            """)
    void firstMistakeIsKept(String value, String message) {
        assertThat(defect("\"a\":" + value)).isEqualTo(message);
        assertThat(defect("\"ok\":{\"S\":\"x\"},\"a\":" + value + ",\"z\":{\"SS\":[]}"))
                .isEqualTo(message);
        var input = Requests.accept(
                PutItemInput.class,
                "PutItem",
                "{\"TableName\":\"abc\",\"Item\":{},\"ExpressionAttributeValues\":{\":a\":{\"L\":[" + value
                        + "]},\":b\":{\"S\":\"x\"}}}");
        var values = Objects.requireNonNull(input.expressionAttributeValues());
        var wrong = Objects.requireNonNull(values.get(":a"));
        assertThat(wrong.defect()).isEqualTo(message);
        assertThatThrownBy(wrong::valid).isInstanceOf(DynamoException.class).hasMessage(message);
        assertThat(Objects.requireNonNull(values.get(":b")).valid()).isEqualTo(AttributeValue.of("x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"L", "M"})
    void nestingEndsAtThirtyTwoLevels(String type) {
        var deepest = "{\"" + type + "\":" + (type.equals("L") ? "[]" : "{}") + "}";
        assertThat(Objects.requireNonNull(
                                put("\"a\":" + nested(type, 31, deepest)).item())
                        .defect())
                .isNull();
        assertThat(defect("\"a\":" + nested(type, 32, deepest)))
                .isEqualTo("Nesting Levels have exceeded supported limits: "
                        + "Attributes in the item have nested levels beyond supported limit");
        assertThat(defect("\"a\":" + nested(type, 100, "{\"S\":\"x\"}"))).startsWith("Nesting Levels have exceeded");
    }

    @Test
    void itemKeepsWhatIsRight() {
        var item = Objects.requireNonNull(
                        put("\"a\":{\"S\":\"x\",\"L\":[{\"SS\":[\"q\"]}]},\"b\":{},\"c\":{\"N\":\"7\"}")
                                .item())
                .item();
        assertThat(item.get("a")).isEqualTo(AttributeValue.of("x"));
        assertThat(item.get("b")).isEqualTo(AttributeValue.Null.VALUE);
        assertThat(item.get("c")).isEqualTo(AttributeValue.of(7));
    }

    @Test
    void namesMayBeLongButNotTooLong() {
        assertThat(Objects.requireNonNull(put("\"" + "n".repeat(65_535) + "\":{\"S\":\"x\"}")
                                .item())
                        .defect())
                .isNull();
        assertThat(defect("\"" + "€".repeat(21_846) + "\":{\"S\":\"x\"}"))
                .isEqualTo("One or more parameter values were invalid: "
                        + "Attribute name is too large, must be less than 65536 bytes");
        assertThat(defect("\"\":{\"S\":\"x\"}"))
                .isEqualTo("One or more parameter values were invalid: Empty attribute name");
    }

    @Test
    void defectsOfOneItemDoNotReachTheNext() {
        var input = Requests.accept(
                PutItemInput.class,
                "PutItem",
                "{\"TableName\":\"abc\",\"ExpressionAttributeValues\":{\":a\":{}},\"Item\":{\"a\":{\"S\":\"x\"}}}");
        assertThat(Objects.requireNonNull(input.item()).defect()).isNull();
    }
}
