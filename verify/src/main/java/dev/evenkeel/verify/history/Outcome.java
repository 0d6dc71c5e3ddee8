package dev.evenkeel.verify.history;

import java.util.Optional;

/** What the client was told. */
public sealed interface Outcome {

    /**
     * It took effect.
     *
     * @param seen the item that came with the answer: as it was before a put or delete, after an addition, when it was
     *     read. Reads and additions always tell; puts and deletes when they were asked to.
     */
    record Done(Optional<State> seen) implements Outcome {
        public Done(State seen) {
            this(Optional.of(seen));
        }

        @Override
        public String toString() {
            return seen.map(state -> "→ " + state).orElse("→ done");
        }
    }

    /** The condition did not hold, and nothing changed. */
    record ConditionFailed(State seen) implements Outcome {
        @Override
        public String toString() {
            return "→ condition failed on " + seen;
        }
    }

    /** It surely had no effect and never will. */
    record Refused(String why) implements Outcome {
        @Override
        public String toString() {
            return "→ refused: " + why;
        }
    }

    /** It may have taken effect, may do so at any later time, or may never. */
    record Unknown(String why) implements Outcome {
        @Override
        public String toString() {
            return "→ unknown: " + why;
        }
    }
}
