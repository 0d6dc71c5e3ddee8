package dev.evenkeel.expression.partiql;

/**
 * A statement, parsed.
 *
 * @param parameters how many {@code ?} it has
 */
public record ParsedStatement(StatementSyntax syntax, int parameters) {

    /** @throws dev.evenkeel.model.DynamoException validation, when the text is no statement that DynamoDB knows */
    public static ParsedStatement of(String text) {
        return StatementParser.parse(text);
    }
}
