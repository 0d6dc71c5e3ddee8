package dev.evenkeel.expression;

/** The parts of a PartiQL statement that are evaluated where the items are. */
public enum StatementPart {
    /** WHERE, all of it. */
    CONDITION,
    /** WHERE, or that there is no item: what a DELETE demands. */
    CONDITION_UNLESS_ABSENT,
    /** SET and REMOVE. */
    UPDATE,
    /** The columns of a SELECT. */
    PROJECTION
}
