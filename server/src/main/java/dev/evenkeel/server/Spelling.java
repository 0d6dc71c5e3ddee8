package dev.evenkeel.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which word was meant. */
final class Spelling {
    /** Two letters swapped are two mistakes. */
    private static final int MISTAKES_MAX = 2;

    private Spelling() {}

    /** The word that is nearest to the one written, unless none is near. */
    static Optional<String> nearest(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> distance(written, word) <= Math.min(MISTAKES_MAX, word.length() - 1))
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /** How many letters must be put in, taken out or changed (Levenshtein). */
    private static int distance(String from, String to) {
        var row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
