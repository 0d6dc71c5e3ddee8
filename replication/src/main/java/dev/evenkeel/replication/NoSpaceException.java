package dev.evenkeel.replication;

import java.io.IOException;

/** The disk or the quota is full. */
final class NoSpaceException extends IOException {
    private static final long serialVersionUID = 1;

    NoSpaceException(String message) {
        super(message);
    }
}
