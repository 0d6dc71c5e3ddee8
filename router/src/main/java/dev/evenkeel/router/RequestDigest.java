package dev.evenkeel.router;

import dev.evenkeel.api.shape.ParameterizedStatement;
import dev.evenkeel.model.AttributeValue;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.Bytes;
import dev.evenkeel.model.Item;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What two requests with the same client token are compared by. The order of attributes, names and values does not count: some
 * clients send the same request in another order when they send it again.
 */
final class RequestDigest {
    private RequestDigest() {}

    static Bytes of(List<ParsedAction> actions) {
        var out = new ByteWriter(1024).unsigned(actions.size());
        for (var action : actions) {
            var parameters = action.parameters();
            out.u8(parameters.kind().ordinal()).string(parameters.tableName()).item(action.subject());
            write(out, parameters.updateExpression());
            write(out, parameters.conditionExpression());
            write(out, parameters.returnValuesOnConditionCheckFailure());
            var names = new TreeMap<String, String>(parameters.names() == null ? Map.of() : parameters.names());
            out.unsigned(names.size());
            names.forEach((name, attribute) -> out.string(name).string(attribute));
            out.item(values(action));
        }
        return digest(out.toBytes());
    }

    /** Of statements, their text counts as it is. */
    static Bytes ofStatements(List<ParameterizedStatement> statements) {
        var out = new ByteWriter(1024).unsigned(statements.size());
        for (var statement : statements) {
            write(out, statement.statement());
            write(out, statement.returnValuesOnConditionCheckFailure());
            var parameters = new LinkedHashMap<String, AttributeValue>();
            if (statement.parameters() != null) {
                statement.parameters().forEach(wire -> parameters.put("p" + parameters.size(), wire.value()));
            }
            out.item(Item.of(parameters));
        }
        return digest(out.toBytes());
    }

    private static void write(ByteWriter out, @Nullable String text) {
        out.bool(text != null);
        if (text != null) {
            out.string(text);
        }
    }

    /** An item has one form, whatever order its attributes came in. */
    private static Item values(ParsedAction action) {
        var values = new LinkedHashMap<String, AttributeValue>();
        var wires = action.parameters().values();
        if (wires != null) {
            wires.forEach((name, wire) -> values.put(name, wire.value()));
        }
        return Item.of(values);
    }

    private static Bytes digest(byte[] bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
