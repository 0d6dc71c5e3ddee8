package dev.evenkeel.expression.partiql;

import dev.evenkeel.expression.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits a statement into tokens; white space and comments go. */
final class Lexer {
    private static final List<String> OPERATORS =
            List.of("<>", "!=", "<=", ">=", "||", "<", ">", "=", "+", "-", "*", "/", "%");
    private static final List<String> SIGNS = List.of("<<", ">>", "(", ")", "[", "]", "{", "}", ",", ".", ":", ";");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int line = 1;
    private int lineStart;

    private Lexer(String text) {
        this.text = text;
    }

    /** @throws dev.evenkeel.model.DynamoException validation, at the first thing that is no token */
    static List<Token> tokens(String text) {
        var lexer = new Lexer(text);
        lexer.skipSpace();
        while (lexer.at < text.length()) {
            lexer.token();
            lexer.skipSpace();
        }
        lexer.add(Kind.END, "", lexer.at);
        return List.copyOf(lexer.tokens);
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                step(c);
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw Malformed.unreadable();
        }
        while (at < end + 2) {
            step(text.charAt(at));
        }
    }

    private void step(char c) {
        at++;
        if (c == '\n') {
            line++;
            lineStart = at;
        }
    }

    private void token() {
        char c = text.charAt(at);
        if (isNameStart(c)) {
            word();
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            number();
        } else if (c == '\'') {
            quoted(c, Kind.STRING);
        } else if (c == '"') {
            quoted(c, Kind.QUOTED_NAME);
        } else if (c == '?') {
            add(Kind.PARAMETER, "?", at + 1);
        } else if (!isAnyOf(SIGNS, Kind.SIGN) && !isAnyOf(OPERATORS, Kind.OPERATOR)) {
            throw Malformed.unreadable();
        }
    }

    /** Takes one of these from here, if one stands here. */
    private boolean isAnyOf(List<String> texts, Kind kind) {
        for (var candidate : texts) {
            if (text.startsWith(candidate, at)) {
                add(kind, candidate, at + candidate.length());
                return true;
            }
        }
        return false;
    }

    private void word() {
        int end = at;
        while (end < text.length() && (isNameStart(text.charAt(end)) || isDigit(end))) {
            end++;
        }
        var word = text.substring(at, end);
        var keyword = Keywords.of(word);
        add(keyword == null ? Kind.NAME : Kind.KEYWORD, keyword == null ? word : keyword, end);
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void number() {
        int end = digits(at);
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(end + 1);
        }
        if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
            int sign = end + 1 < text.length() && "+-".indexOf(text.charAt(end + 1)) >= 0 ? 1 : 0;
            end = digits(end + 1 + sign);
        }
        if (end < text.length() && isNameStart(text.charAt(end))) {
            throw Malformed.unreadable();
        }
        var number = text.substring(at, end);
        checkReadable(number);
        add(Kind.NUMBER, number, end);
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(end)) {
            end++;
        }
        return end;
    }

    /** DynamoDB's parser keeps numbers as decimals with a scale of 32 bits; what does not fit it cannot read at all. */
    private static void checkReadable(String number) {
        int exponentAt = Math.max(number.indexOf('e'), number.indexOf('E'));
        var mantissa = exponentAt < 0 ? number : number.substring(0, exponentAt);
        int point = mantissa.indexOf('.');
        long scale = point < 0 ? 0 : mantissa.length() - point - 1;
        if (exponentAt >= 0) {
            scale -= exponent(number.substring(exponentAt + 1));
        }
        if (scale != (int) scale) {
            throw Malformed.unreadable();
        }
    }

    private static int exponent(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException _) {
            throw Malformed.unreadable();
        }
    }

    /** Up to the closing quote; two quotes stand for one. */
    private void quoted(char quote, Kind kind) {
        var content = new StringBuilder();
        int next = at + 1;
        while (true) {
            int end = text.indexOf(quote, next);
            if (end < 0) {
                throw Malformed.unreadable();
            }
            content.append(text, next, end);
            next = end + 1;
            if (next == text.length() || text.charAt(next) != quote) {
                break;
            }
            content.append(quote);
            next++;
        }
        add(kind, content.toString(), next);
    }

    private void add(Kind kind, String content, int end) {
        tokens.add(new Token(kind, content, new Position(line, at - lineStart + 1, end - at)));
        while (at < end) {
            step(text.charAt(at));
        }
    }
}
