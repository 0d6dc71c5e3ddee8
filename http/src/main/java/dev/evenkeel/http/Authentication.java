package dev.evenkeel.http;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request carries all parts of a signature of version 4, in its headers or its query string. Messages and order
 * are AWS's, as dynalite measured them.
 */
final class Authentication {
    private static final String SCHEME_PREFIX = "AWS4-";
    private static final List<String> HEADER_PARTS = List.of("Credential", "Signature", "SignedHeaders");
    private static final String QUERY_MARK = "X-Amz-Algorithm";
    private static final List<String> QUERY_PARTS =
            List.of(QUERY_MARK, "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date");

    private Authentication() {}

    /** What the client is told, or empty when nothing is missing. */
    static Optional<DynamoException> problem(HttpCall call) {
        String header = call.header("authorization");
        Map<String, String> query = query(call.target());
        boolean inQuery = query.containsKey(QUERY_MARK);
        if (header != null && inQuery) {
            return Optional.of(new DynamoException(
                    ErrorCode.INVALID_SIGNATURE,
                    "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."));
        }
        if (header == null) {
            return inQuery ? incomplete(missingInQuery(query)) : Optional.of(missingToken());
        }
        if (!header.strip().startsWith(SCHEME_PREFIX)) {
            return Optional.of(missingToken());
        }
        return incomplete(missingInHeader(header, call));
    }

    private static DynamoException missingToken() {
        return new DynamoException(ErrorCode.MISSING_AUTHENTICATION_TOKEN, "Request is missing Authentication Token");
    }

    private static Optional<DynamoException> incomplete(String message) {
        return message.isEmpty()
                ? Optional.empty()
                : Optional.of(new DynamoException(ErrorCode.INCOMPLETE_SIGNATURE, message));
    }

    private static String missingInHeader(String header, HttpCall call) {
        var missing = new ArrayList<String>(0);
        for (String part : HEADER_PARTS) {
            if (!hasPart(header, part)) {
                missing.add("Authorization header requires '" + part + "' parameter. ");
            }
        }
        if (isBlank(call.header("x-amz-date")) && isBlank(call.header("date"))) {
            missing.add("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
        }
        return missing.isEmpty() ? "" : String.join("", missing) + "Authorization=" + header;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    /** Whether {@code name=x} stands in the header behind a comma or space, with at least one character for x. */
    private static boolean hasPart(String header, String name) {
        int at = header.indexOf(name);
        while (at >= 0) {
            int value = at + name.length() + 1;
            if (at > 0
                    && isSeparator(header.charAt(at - 1))
                    && value < header.length()
                    && header.charAt(value - 1) == '='
                    && !isSeparator(header.charAt(value))) {
                return true;
            }
            at = header.indexOf(name, at + 1);
        }
        return false;
    }

    private static boolean isSeparator(char c) {
        return c == ',' || c == ' ';
    }

    private static String missingInQuery(Map<String, String> query) {
        var missing = new StringBuilder();
        for (String part : QUERY_PARTS) {
            if (isBlank(query.get(part))) {
                missing.append("AWS query-string parameters must include '")
                        .append(part)
                        .append("'. ");
            }
        }
        return missing.isEmpty() ? "" : missing + "Re-examine the query-string parameters.";
    }

    /** Names and values as they stand; what we look for needs no decoding. */
    private static Map<String, String> query(String target) {
        int start = target.indexOf('?');
        if (start < 0) {
            return Map.of();
        }
        var parameters = new HashMap<String, String>();
        for (String pair : target.substring(start + 1).split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            parameters.putIfAbsent(name, equals < 0 ? "" : pair.substring(equals + 1));
        }
        return parameters;
    }
}
