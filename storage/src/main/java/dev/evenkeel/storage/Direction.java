package dev.evenkeel.storage;

/** The way a cursor walks its range. */
public enum Direction {
    FORWARD,
    BACKWARD
}
