package dev.evenkeel.api;

/**
 * Tells well-formed UTF-8 (Unicode Standard, table 3-7) from other bytes, and whole characters in JSON escapes from halves;
 * fast where all is ASCII.
 */
final class Utf8Check {
    private Utf8Check() {}

    static boolean isValid(byte[] bytes, int offset, int length) {
        int end = offset + length;
        if (isAscii(bytes, offset, end)) {
            return true;
        }
        int at = offset;
        while (at < end) {
            int size = bytes[at] >= 0 ? 1 : sequenceLength(bytes, at, end);
            if (size == 0) {
                return false;
            }
            at += size;
        }
        return true;
    }

    /**
     * Whether the JSON text escapes half of a surrogate pair without the other half ({@code \\ud800}): that is no character,
     * and in UTF-8 it would silently become another one.
     */
    static boolean escapesLoneSurrogate(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int at = offset; at < end; at++) {
            if (bytes[at] != '\\') {
                continue;
            }
            int unit = escapedUnit(bytes, at, end);
            if (unit >= 0 && Character.isSurrogate((char) unit)) {
                int next = escapedUnit(bytes, at + 6, end);
                if (!Character.isHighSurrogate((char) unit) || next < 0 || !Character.isLowSurrogate((char) next)) {
                    return true;
                }
                at += 6;
            }
            at++; // what is escaped, a backslash perhaps, begins nothing
        }
        return false;
    }

    /** The UTF-16 unit that is escaped here, or -1 when none is. */
    private static int escapedUnit(byte[] bytes, int at, int end) {
        if (at + 6 > end || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Without a way out of the loop, so that it compiles to vector instructions. */
    private static boolean isAscii(byte[] bytes, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    /** The bytes of the character that starts here, or 0 when none does. */
    private static int sequenceLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int size = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (size == 0 || at + size > end) {
            return 0;
        }
        int second = bytes[at + 1] & 0xFF;
        int min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80; // less would be overlong
        int max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF; // more a surrogate, or beyond Unicode
        if (second < min || second > max) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
