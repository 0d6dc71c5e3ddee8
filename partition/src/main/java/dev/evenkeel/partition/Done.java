package dev.evenkeel.partition;

/** The result of a request that is only to be done. */
enum Done {
    DONE
}
