package dev.evenkeel.model;

import java.util.Comparator;

/** What DynamoDB counts and compares in strings: their UTF-8 bytes, without making them. */
public final class Utf8 {

    /** Order of the UTF-8 bytes. Differs from {@link String#compareTo} where surrogates meet U+E000 and above. */
    public static final Comparator<String> ORDER = Utf8::compare;

    private Utf8() {}

    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return fixUp(a) - fixUp(b);
            }
        }
        return left.length() - right.length();
    }

    /** Moves surrogates above all other characters, where their code points are. */
    private static int fixUp(char c) {
        if (c < 0xD800) {
            return c;
        }
        return c >= 0xE000 ? c - 0x800 : c + 0x2000;
    }

    /** The length of the text in UTF-8, an unpaired surrogate counted as the one byte '?' it is encoded as. */
    public static int length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                bytes += 1;
            } else if (!Character.isSurrogate(c)) {
                bytes += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2; // two chars, four bytes
                i++;
            }
        }
        return bytes;
    }
}
