package dev.evenkeel.transport;

/** What has arrived is not what another node has sent, or not what it may send. The connection is of no use any more. */
final class FrameException extends Exception {
    private static final long serialVersionUID = 1;

    FrameException(String message) {
        super(message);
    }
}
