package dev.evenkeel.expression.partiql;

/**
 * One word or sign of a statement.
 *
 * @param text what it stands for: a keyword in upper case, a string or quoted name without its quotes
 */
record Token(Kind kind, String text, Position position) {
    enum Kind {
        KEYWORD,
        /** A name without quotes; case counts. */
        NAME,
        /** A name in double quotes. */
        QUOTED_NAME,
        STRING,
        NUMBER,
        PARAMETER,
        /** Comparators and arithmetic, {@code *} among them. */
        OPERATOR,
        /** Brackets of all kinds, comma, dot, colon, semicolon. */
        SIGN,
        END
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.KEYWORD && text.equals(keyword);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isOperator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean isName() {
        return kind == Kind.NAME || kind == Kind.QUOTED_NAME;
    }

    /** Whether the statement is over: its end, or the semicolon that may close it. */
    boolean isEnd() {
        return kind == Kind.END || isSign(";");
    }
}
