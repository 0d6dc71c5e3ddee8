package dev.evenkeel.verify.history;

/** What a checker found about one key. */
public sealed interface Verdict {

    record Passed() implements Verdict {}

    /** @param explanation for people: what could not have been, and what happened around it */
    record Violated(String explanation) implements Verdict {}

    /** The search was given up; nothing is known. */
    record Undecided(String why) implements Verdict {}

    Verdict PASSED = new Passed();

    default boolean isPassed() {
        return this instanceof Passed;
    }
}
