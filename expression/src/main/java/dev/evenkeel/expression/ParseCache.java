package dev.evenkeel.expression;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what texts were parsed to. Two generations: what is used moves to the young one; when that is full it becomes
 * the old one and the old one is forgotten. So what is used often stays, at the cost of a lookup, with no lock and at most
 * twice the capacity held. An expression is at most 4 KB.
 */
final class ParseCache<T> {
    private final int generationMax;
    private final Function<String, T> parse;
    private volatile Generations<T> generations =
            new Generations<>(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    private record Generations<T>(ConcurrentHashMap<String, T> young, ConcurrentHashMap<String, T> old) {}

    ParseCache(int generationMax, Function<String, T> parse) {
        this.generationMax = generationMax;
        this.parse = parse;
    }

    /** What the text parses to. A failure is thrown and not remembered. */
    T get(String text) {
        var current = generations;
        var known = current.young.get(text);
        if (known != null) {
            return known;
        }
        @Nullable T aged = current.old.get(text);
        var parsed = aged != null ? aged : parse.apply(text);
        current.young.put(text, parsed);
        if (current.young.size() > generationMax) {
            generations = new Generations<>(new ConcurrentHashMap<>(), current.young); // racing writers lose an entry
        }
        return parsed;
    }

    /** Texts held, some perhaps twice. */
    int size() {
        var current = generations;
        return current.young.size() + current.old.size();
    }
}
