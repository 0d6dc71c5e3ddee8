package dev.evenkeel.expression;

import static dev.evenkeel.expression.Given.n;
import static dev.evenkeel.expression.Given.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    @Test
    void mapsMustNotBeEmpty() {
        assertThat(refusal(() -> new Placeholders(Map.of(), Map.of())))
                .isEqualTo("ExpressionAttributeNames must not be empty");
        assertThat(refusal(() -> new Placeholders(null, Map.of())))
                .isEqualTo("ExpressionAttributeValues must not be empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "#", ":a", "#a-b", "#ü", "", "# a", "##a"})
    void keysOfNames(String key) {
        assertThat(refusal(() -> new Placeholders(Map.of(key, "a"), null)))
                .isEqualTo("ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", ":", "#a", ":a!b", ":\uD83D\uDE00"})
    void keysOfValues(String key) {
        assertThat(refusal(() -> new Placeholders(null, Map.of(key, n(1)))))
                .isEqualTo("ExpressionAttributeValues contains invalid key: Syntax error; key: \"" + key + "\"");
    }

    @Test
    void keysHaveAtMost255Bytes() {
        var longest = "#" + "a".repeat(254);
        assertThat(new Placeholders(Map.of(longest, "a"), null).name(longest)).isEqualTo("a");
        assertThat(refusal(() -> new Placeholders(Map.of(longest + "a", "a"), null)))
                .isEqualTo("ExpressionAttributeNames contains invalid key: The expression attribute map contains a key "
                        + "that is too long; size of key: 256");
    }

    @Test
    void namesMustNotBeEmptyTexts() {
        assertThat(refusal(() -> new Placeholders(Map.of("#a", ""), null)))
                .isEqualTo("ExpressionAttributeNames contains invalid value: Empty attribute name for key #a");
    }

    @Test
    void defectsOfValuesComeAfterKeys() {
        var values = Given.map(":a", n(1), ":b", n(2));
        assertThat(refusal(() -> new Placeholders(null, values, Map.of(":b", "No good"))))
                .isEqualTo("ExpressionAttributeValues contains invalid value: No good for key :b");
        assertThat(refusal(() -> new Placeholders(null, Given.map("a", n(1)), Map.of("a", "No good"))))
                .isEqualTo("ExpressionAttributeValues contains invalid key: Syntax error; key: \"a\"");
    }

    @Test
    void noneMayBeLeftOver() {
        var names = new LinkedHashMap<String, String>();
        names.put("#a", "a");
        names.put("#b", "b");
        var placeholders = new Placeholders(names, Given.map(":v", n(1), ":w", n(2)));
        assertThat(refusal(placeholders::checkAllUsed))
                .isEqualTo("Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}");
        Expressions.condition(ExpressionKind.CONDITION, "#a = :v OR #b = :v", placeholders);
        assertThat(refusal(placeholders::checkAllUsed))
                .isEqualTo("Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}");
        Expressions.update("SET a = if_not_exists(b, :w)", placeholders);
        placeholders.checkAllUsed();
    }

    @Test
    void parametersOfTwoAgesDoNotMix() {
        var text = "x";
        assertThat(refusal(() -> new ExpressionParameters()
                        .expression(ExpressionKind.UPDATE, text)
                        .expression(ExpressionKind.CONDITION, text)
                        .legacy("AttributeUpdates", text)
                        .legacy("Expected", text)
                        .check(null, null)))
                .isEqualTo("Can not use both expression and non-expression parameters in the same request: "
                        + "Non-expression parameters: {AttributeUpdates, Expected} "
                        + "Expression parameters: {UpdateExpression, ConditionExpression}");
        assertThat(refusal(() -> new ExpressionParameters()
                        .expression(ExpressionKind.KEY_CONDITION, text)
                        .legacy("KeyConditions", text)
                        .check(null, null)))
                .startsWith("Can not use both");
        new ExpressionParameters()
                .expression(ExpressionKind.FILTER, text)
                .expression(ExpressionKind.KEY_CONDITION, null)
                .legacy("KeyConditions", text)
                .check(null, null);
    }

    @Test
    void placeholdersNeedExpressions() {
        assertThat(refusal(() -> new ExpressionParameters()
                        .expression(ExpressionKind.CONDITION, null)
                        .check(Map.of(), Map.of())))
                .isEqualTo("ExpressionAttributeNames can only be specified when using expressions");
        assertThat(refusal(() -> new ExpressionParameters()
                        .expression(ExpressionKind.CONDITION, null)
                        .check(null, Map.of())))
                .isEqualTo("ExpressionAttributeValues can only be specified when using expressions: "
                        + "ConditionExpression is null");
        assertThat(refusal(() -> new ExpressionParameters()
                        .expression(ExpressionKind.PROJECTION, "x")
                        .expression(ExpressionKind.FILTER, null)
                        .expression(ExpressionKind.KEY_CONDITION, null)
                        .check(Map.of(), Map.of())))
                .isEqualTo("ExpressionAttributeValues can only be specified when using expressions: "
                        + "FilterExpression and KeyConditionExpression are null");
    }

    @Test
    void reservedWordsAreComplete() {
        assertThat(ReservedWords.count()).isEqualTo(573);
        assertThat(ReservedWords.contains("abOrT")).isTrue();
        assertThat(ReservedWords.contains("ZONE")).isTrue();
        assertThat(ReservedWords.contains("pk")).isFalse();
    }
}
