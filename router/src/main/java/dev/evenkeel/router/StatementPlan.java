package dev.evenkeel.router;

/** What a statement comes to: known before anything is read or written, so that it can be refused and explained. */
interface StatementPlan {

    /** The table it works on, as the statement calls it. */
    String calledAs();

    /** Does it. */
    StatementAnswer run(StatementRequest request);

    /** Which operation it becomes, on what, and why: one line for a reader of the trace. */
    String explain();
}
