package dev.evenkeel.server.transfer;

/**
 * A line with a JSON document, without white space around it.
 *
 * @param origin where it came from, e.g. a file's path
 * @param number its line there, from 1
 */
public record JsonLine(String origin, int number, byte[] document) {
    /** For the person who has to look at it. */
    public String place() {
        return origin + ", line " + number;
    }
}
