package dev.evenkeel.expression.partiql;

import dev.evenkeel.model.DynamoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a statement, one after the other, and what was found on the way: parameters, and the first thing that the
 * grammar knows and DynamoDB does not. That is told only when the rest has turned out to be well formed.
 */
final class TokenReader {
    private final List<Token> tokens;
    private int at;
    private int parameters;
    private @Nullable DynamoException unsupported;

    TokenReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** The token behind the next one. */
    Token second() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    /** Takes the next token; the end stays. */
    Token next() {
        var token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    /** Takes the next token if it is that keyword. */
    boolean acceptKeyword(String keyword) {
        boolean found = peek().isKeyword(keyword);
        if (found) {
            next();
        }
        return found;
    }

    /** Takes the next token if it is that sign. */
    boolean acceptSign(String sign) {
        boolean found = peek().isSign(sign);
        if (found) {
            next();
        }
        return found;
    }

    /** @throws DynamoException validation, when the next token is not that sign */
    void expectSign(String sign, String name) {
        if (!acceptSign(sign)) {
            throw Malformed.because("Expected " + name);
        }
    }

    int nextParameter() {
        return parameters++;
    }

    int parameters() {
        return parameters;
    }

    void unsupported(String message) {
        if (unsupported == null) {
            unsupported = DynamoException.validation(message);
        }
    }

    /** @throws DynamoException validation, when something is left or DynamoDB does not do what was read */
    void finish() {
        acceptSign(";");
        if (peek().kind() != Token.Kind.END) {
            throw Malformed.because("Unexpected token after expression");
        }
        if (unsupported != null) {
            throw unsupported;
        }
    }
}
