package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.evenkeel.model.DynamoException;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;

/** The values that are neither structures nor collections, off the token on which the parser stands. */
final class Scalars {
    private static final long TIMESTAMP_SECONDS_MAX = Instant.MAX.getEpochSecond();
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int BASE64_QUANTUM = 4;
    private static final String WRONG_BASE64 = "Invalid last non-pad Base64 character dectected"; // sic

    private Scalars() {}

    static String text(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(token, "String");
        }
        return parser.getText();
    }

    /** Strings that mean yes or no are taken as well. */
    static boolean bool(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING ->
                switch (parser.getText().toUpperCase(Locale.ROOT)) {
                    case "TRUE", "1", "YES" -> true;
                    case "FALSE", "0", "NO" -> false;
                    default -> throw Json.serialization("Unexpected token received from parser");
                };
            default -> throw mismatch(token, "Boolean");
        };
    }

    /** A fraction is cut off. */
    static long integer(JsonParser parser, JsonToken token, String type, long min, long max) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            long value = parser.getLongValue(); // out of range is an error of Jackson's
            if (value >= min && value <= max) {
                return value;
            }
        } else if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            double value = parser.getDoubleValue();
            if (value >= min && value <= max) {
                return (long) value;
            }
        }
        throw mismatch(token, type);
    }

    static double decimal(JsonParser parser, JsonToken token) throws IOException {
        if (token.isNumeric()) {
            return parser.getDoubleValue();
        }
        throw mismatch(token, "Double");
    }

    /** Seconds since 1970, to the millisecond. */
    static Instant timestamp(JsonParser parser, JsonToken token) throws IOException {
        if (!token.isNumeric()) {
            throw mismatch(token, "milliseconds since epoch");
        }
        double seconds = parser.getDoubleValue();
        if (!(Math.abs(seconds) < TIMESTAMP_SECONDS_MAX)) {
            throw mismatch(token, "milliseconds since epoch");
        }
        return Instant.ofEpochMilli(Math.round(seconds * MILLIS_PER_SECOND));
    }

    static byte[] blob(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> base64(parser.getText());
            case START_ARRAY -> throw Json.serialization("Unrecognized collection type class java.nio.ByteBuffer");
            case START_OBJECT -> throw mismatch(token, "");
            default -> throw Json.serialization("only base-64-encoded strings are convertible to bytes");
        };
    }

    private static byte[] base64(String text) {
        if (text.length() % BASE64_QUANTUM != 0) {
            throw Json.serialization(
                    "Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
        }
        try {
            var bytes = Base64.getDecoder().decode(text);
            requireNoStrayBits(text, bytes);
            return bytes;
        } catch (IllegalArgumentException _) {
            throw Json.serialization(WRONG_BASE64);
        }
    }

    /** The decoder drops bits of the last character that belong to no byte; DynamoDB wants them to be zero. */
    private static void requireNoStrayBits(String text, byte[] bytes) {
        int rest = bytes.length % 3;
        if (rest > 0) {
            var end = new byte[rest];
            System.arraycopy(bytes, bytes.length - rest, end, 0, rest);
            if (!text.endsWith(Base64.getEncoder().encodeToString(end))) {
                throw Json.serialization(WRONG_BASE64);
            }
        }
    }

    /** What is said of a token that is no such value. */
    static DynamoException mismatch(JsonToken token, String type) {
        return Json.serialization(
                switch (token) {
                    case START_OBJECT -> "Start of structure or map found where not expected";
                    case START_ARRAY -> "Unrecognized collection type class java.lang." + type;
                    case VALUE_STRING -> "STRING_VALUE cannot be converted to " + type;
                    case VALUE_TRUE -> "TRUE_VALUE cannot be converted to " + type;
                    case VALUE_FALSE -> "FALSE_VALUE cannot be converted to " + type;
                    case VALUE_NUMBER_INT -> "NUMBER_VALUE cannot be converted to " + type;
                    case VALUE_NUMBER_FLOAT -> "DECIMAL_VALUE cannot be converted to " + type;
                    default -> "";
                });
    }
}
