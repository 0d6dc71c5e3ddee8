package dev.evenkeel.expression;

/** The request parameters that hold an expression; each error message opens with the name of its own. */
public enum ExpressionKind {
    CONDITION("ConditionExpression"),
    FILTER("FilterExpression"),
    PROJECTION("ProjectionExpression"),
    UPDATE("UpdateExpression"),
    KEY_CONDITION("KeyConditionExpression");

    private final String parameterName;

    ExpressionKind(String parameterName) {
        this.parameterName = parameterName;
    }

    /** The parameter's name on the wire. */
    public String parameterName() {
        return parameterName;
    }
}
