package dev.evenkeel.verify.transaction;

/** A coordinator has stopped. */
final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
}
