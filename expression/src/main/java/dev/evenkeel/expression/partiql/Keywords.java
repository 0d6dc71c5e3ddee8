package dev.evenkeel.expression.partiql;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words that cannot be names without quotes: those that SQL-92 reserves, and those that PartiQL adds. Case does not
 * matter.
 */
final class Keywords {
    private static final Set<String> ALL = words("""
            absolute action add all allocate alter and any are as asc assertion at authorization avg begin between bit
            bit_length by cascade cascaded case cast catalog char character character_length char_length check close
            coalesce collate collation column commit connect connection constraint constraints continue convert
            corresponding count create cross current current_date current_time current_timestamp current_user cursor
            date deallocate dec decimal declare default deferrable deferred delete desc describe descriptor diagnostics
            disconnect distinct domain double drop else end escape except exception exec execute exists external extract
            false fetch first float for foreign found from full get global go goto grant group having identity immediate
            in indicator initially inner input insensitive insert int integer intersect interval into is isolation join
            key language last left level like local lower match max min module names national natural nchar next no not
            null nullif numeric octet_length of on only open option or order outer output overlaps pad partial position
            precision prepare preserve primary prior privileges procedure public read real references relative restrict
            revoke right rollback rows schema scroll section select session session_user set size smallint some space
            sql sqlcode sqlerror sqlstate substring sum system_user table temporary then time timestamp timezone_hour
            timezone_minute to transaction translate translation trim true union unique unknown update upper usage user
            using value values varchar varying view when whenever where with work write zone
            missing pivot unpivot limit offset tuple remove index conflict do nothing returning modified new old let
            bool boolean string symbol clob blob struct list sexp bag can_cast can_lossless_cast
            """);

    /** Those that the grammar gives a place of its own, so that they never call a function. */
    private static final Set<String> STRUCTURAL = words("""
            all and as asc at between by conflict delete desc do from group having in insert into is like limit missing
            modified new not nothing null offset old on or order remove returning select set update value values where
            true false
            """);

    /** Those between two operands. */
    private static final Set<String> INFIX = words("and or is in like between");

    private Keywords() {}

    private static Set<String> words(String text) {
        return Set.of(text.strip().toUpperCase(Locale.ROOT).split("\\s+"));
    }

    /** The keyword in upper case, or null when the word is none. */
    static @Nullable String of(String word) {
        var upper = word.toUpperCase(Locale.ROOT);
        return ALL.contains(upper) ? upper : null;
    }

    static boolean mayNameFunction(String keyword) {
        return !STRUCTURAL.contains(keyword);
    }

    static boolean isInfix(String keyword) {
        return INFIX.contains(keyword);
    }
}
