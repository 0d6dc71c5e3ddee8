package dev.evenkeel.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A number as DynamoDB has it: up to 38 significant decimal digits, magnitude 1E-130 to 9.99…E+125 or zero, compared
 * and stored by value (Developer Guide, "Naming rules and data types").
 *
 * <p>It is held in the form in which it is stored and compared: a header byte with sign and base-100 exponent, one byte
 * for two digits, a terminator. Unsigned comparison of these bytes is numeric order, equal values have equal bytes, and
 * no encoding is the prefix of another, so the same bytes serve as part of a key.
 *
 * <pre>
 * value = ±0.p1 p2 p3 … × 100^e    p1 in 1..99, the other pairs in 0..99, the last not 0; e in -64..63
 * zero:      80 00
 * positive:  C0+e   p1+1   p2+1 …  00
 * negative:  3F-e  101-p1 101-p2 … 66
 * </pre>
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
    /** Significant digits kept; one more is an error, never a rounding. */
    public static final int DIGITS_MAX = 38;

    /** Header, at most 20 pairs (38 digits that start in the middle of a pair take 20), terminator. */
    public static final int ENCODED_BYTES_MAX = 22;

    private static final int POSITION_MAX = 126;
    private static final int POSITION_MIN = -129;
    private static final int EXPONENT_DIGITS_MAX = 9;

    private static final byte ZERO_HEADER = (byte) 0x80;
    private static final int POSITIVE_HEADER = 0xC0;
    private static final int NEGATIVE_HEADER = 0x3F;
    private static final byte POSITIVE_END = 0;
    private static final byte NEGATIVE_END = 102;

    public static final DynamoNumber ZERO = new DynamoNumber(new byte[] {ZERO_HEADER, POSITIVE_END});
    public static final DynamoNumber ONE = of(1);

    private final byte[] encoded;

    private DynamoNumber(byte[] encoded) {
        this.encoded = encoded;
    }

    public static DynamoNumber of(long value) {
        return parse(Long.toString(value));
    }

    /** @throws InvalidNumberException when the value is out of range or has too many digits */
    public static DynamoNumber of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        var digits = value.unscaledValue().abs().toString();
        return fromDigits(
                value.signum() < 0,
                digits.getBytes(StandardCharsets.US_ASCII),
                digits.length(),
                (long) digits.length() - value.scale());
    }

    /**
     * Reads the grammar {@code [+-] digits [. digits] [(e|E) [+-] digits]}, at least one digit before the exponent, no
     * white space.
     *
     * @throws InvalidNumberException with DynamoDB's words
     */
    public static DynamoNumber parse(String text) {
        int length = text.length();
        var digits = new byte[length];
        int digitCount = 0;
        long position = 0; // of the decimal point, counted from before the first kept digit
        boolean seenDigit = false;
        boolean seenPoint = false;
        int at = 0;
        boolean negative = length > 0 && text.charAt(0) == '-';
        if (negative || (length > 0 && text.charAt(0) == '+')) {
            at++;
        }
        for (; at < length; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                seenDigit = true;
                if (digitCount > 0 || c != '0') {
                    digits[digitCount++] = (byte) c;
                    position += seenPoint ? 0 : 1;
                } else if (seenPoint) {
                    position--;
                }
            } else if (c == '.' && !seenPoint) {
                seenPoint = true;
            } else {
                break;
            }
        }
        if (!seenDigit) {
            throw notANumber(text);
        }
        if (at < length) {
            position += parseExponent(text, at);
        }
        return fromDigits(negative, digits, digitCount, position);
    }

    private static long parseExponent(String text, int start) {
        int at = start;
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            throw notANumber(text);
        }
        at++;
        boolean negative = at < text.length() && text.charAt(at) == '-';
        if (negative || (at < text.length() && text.charAt(at) == '+')) {
            at++;
        }
        if (at == text.length()) {
            throw notANumber(text);
        }
        long exponent = 0;
        int significant = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c < '0' || c > '9') {
                throw notANumber(text);
            }
            if (significant < EXPONENT_DIGITS_MAX) { // more digits change nothing: it is out of range either way
                exponent = exponent * 10 + (c - '0');
                significant += exponent > 0 ? 1 : 0;
            }
        }
        return negative ? -exponent : exponent;
    }

    private static InvalidNumberException notANumber(String text) {
        return new InvalidNumberException("The parameter cannot be converted to a numeric value: " + text);
    }

    /** @param position of the decimal point before which the digits start: 0.d1d2d3… × 10^position */
    private static DynamoNumber fromDigits(boolean negative, byte[] digits, int digitCount, long position) {
        int end = digitCount;
        while (end > 0 && digits[end - 1] == '0') {
            end--;
        }
        if (end == 0) {
            return ZERO;
        }
        if (end > DIGITS_MAX) {
            throw new InvalidNumberException("Attempting to store more than 38 significant digits in a Number");
        }
        if (position > POSITION_MAX) {
            throw new InvalidNumberException(
                    "Number overflow. Attempting to store a number with magnitude larger than supported range");
        }
        if (position < POSITION_MIN) {
            throw new InvalidNumberException(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
        return new DynamoNumber(encode(negative, digits, end, (int) position));
    }

    private static byte[] encode(boolean negative, byte[] digits, int digitCount, int position) {
        int lead = position & 1; // an odd position starts in the middle of a pair
        int exponent = (position + 1) >> 1;
        int pairs = (lead + digitCount + 1) / 2;
        var out = new byte[pairs + 2];
        out[0] = (byte) (negative ? NEGATIVE_HEADER - exponent : POSITIVE_HEADER + exponent);
        for (int i = 0; i < pairs; i++) {
            int pair = digitAt(digits, digitCount, 2 * i - lead) * 10 + digitAt(digits, digitCount, 2 * i + 1 - lead);
            out[1 + i] = (byte) (negative ? 101 - pair : pair + 1);
        }
        out[pairs + 1] = negative ? NEGATIVE_END : POSITIVE_END;
        return out;
    }

    private static int digitAt(byte[] digits, int digitCount, int index) {
        return index < 0 || index >= digitCount ? 0 : digits[index] - '0';
    }

    /** Takes over bytes that {@link #encoded()} made. */
    static DynamoNumber ofEncoded(byte[] encoded) {
        return new DynamoNumber(encoded);
    }

    /** The order-preserving form, not a copy: read only. */
    public byte[] encoded() {
        return encoded;
    }

    /** The bytes DynamoDB counts for it: 1, half a byte for each digit before and after the point, 1 for a minus. */
    public int sizeBytes() {
        return sizeBytes(encoded, 0, encoded.length);
    }

    static int sizeBytes(byte[] encoded, int offset, int length) {
        if (length == 2) {
            return 1;
        }
        var view = new Decoded(encoded, offset, length);
        int integerDigits = Math.clamp(view.position, 0, view.digitCount);
        int fractionDigits = view.digitCount - integerDigits;
        return 1 + (integerDigits + 1) / 2 + (fractionDigits + 1) / 2 + (view.negative ? 1 : 0);
    }

    /** Plain decimal, no exponent, no superfluous zeros: the form in every answer. */
    @Override
    public String toString() {
        return toString(encoded, 0, encoded.length);
    }

    static String toString(byte[] encoded, int offset, int length) {
        if (length == 2) {
            return "0";
        }
        var view = new Decoded(encoded, offset, length);
        var out = new StringBuilder(view.digitCount + 4);
        if (view.negative) {
            out.append('-');
        }
        if (view.position <= 0) {
            out.append("0.").repeat('0', -view.position);
        }
        for (int i = 0; i < view.digitCount; i++) {
            if (i == view.position && i > 0) {
                out.append('.');
            }
            out.append((char) view.digits[i]);
        }
        return out.repeat('0', Math.max(0, view.position - view.digitCount)).toString();
    }

    public BigDecimal toBigDecimal() {
        if (encoded.length == 2) {
            return BigDecimal.ZERO;
        }
        var view = new Decoded(encoded, 0, encoded.length);
        var digits = new String(view.digits, 0, view.digitCount, StandardCharsets.US_ASCII);
        var unscaled = new BigInteger(digits);
        return new BigDecimal(view.negative ? unscaled.negate() : unscaled, view.digitCount - view.position);
    }

    /** @throws InvalidNumberException when the exact sum does not fit */
    public DynamoNumber plus(DynamoNumber other) {
        return of(toBigDecimal().add(other.toBigDecimal()));
    }

    /** @throws InvalidNumberException when the exact difference does not fit */
    public DynamoNumber minus(DynamoNumber other) {
        return of(toBigDecimal().subtract(other.toBigDecimal()));
    }

    @Override
    public int compareTo(DynamoNumber other) {
        return Arrays.compareUnsigned(encoded, other.encoded);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DynamoNumber that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    /** The decimal digits behind an encoding that is not zero. */
    private static final class Decoded {
        final boolean negative;
        final byte[] digits;
        final int digitCount;
        final int position;

        Decoded(byte[] encoded, int offset, int length) {
            int header = encoded[offset] & 0xFF;
            negative = header < 0x80;
            int exponent = negative ? NEGATIVE_HEADER - header : header - POSITIVE_HEADER;
            int pairs = length - 2;
            digits = new byte[pairs * 2];
            int count = 0;
            for (int i = 0; i < pairs; i++) {
                int stored = encoded[offset + 1 + i] & 0xFF;
                int pair = negative ? 101 - stored : stored - 1;
                if (i > 0 || pair >= 10) {
                    digits[count++] = (byte) ('0' + pair / 10);
                }
                digits[count++] = (byte) ('0' + pair % 10);
            }
            position = 2 * exponent - (count < pairs * 2 ? 1 : 0);
            digitCount = digits[count - 1] == '0' ? count - 1 : count;
        }
    }
}
