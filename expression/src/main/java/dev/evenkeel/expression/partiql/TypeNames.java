package dev.evenkeel.expression.partiql;

import java.util.Locale;
import java.util.Set;

/** The names of types behind IS. */
final class TypeNames {
    private static final Set<String> KEYWORDS = Set.of(
            "MISSING",
            "NULL",
            "BOOL",
            "BOOLEAN",
            "SMALLINT",
            "INT",
            "INTEGER",
            "FLOAT",
            "REAL",
            "DECIMAL",
            "DEC",
            "NUMERIC",
            "DATE",
            "TIME",
            "TIMESTAMP",
            "CHAR",
            "CHARACTER",
            "VARCHAR",
            "STRING",
            "SYMBOL",
            "CLOB",
            "BLOB",
            "STRUCT",
            "TUPLE",
            "LIST",
            "SEXP",
            "BAG");

    /** Names of types that are no keywords. */
    private static final Set<String> NAMES = Set.of("INT4", "INT8", "ANY");

    private TypeNames() {}

    /** Takes a type's name, of one or two words, in upper case. */
    static String read(TokenReader tokens) {
        var token = tokens.peek();
        var name = token.text().toUpperCase(Locale.ROOT);
        if (token.isKeyword("DOUBLE") && tokens.second().isKeyword("PRECISION")) {
            tokens.next();
            tokens.next();
            return "DOUBLE PRECISION";
        }
        boolean known = token.kind() == Token.Kind.KEYWORD && KEYWORDS.contains(name)
                || token.kind() == Token.Kind.NAME && NAMES.contains(name);
        if (!known) {
            throw Malformed.because("Expected type name");
        }
        tokens.next();
        return name.equals("CHARACTER") && tokens.acceptKeyword("VARYING") ? "CHARACTER VARYING" : name;
    }
}
