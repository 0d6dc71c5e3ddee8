package dev.evenkeel.transport;

/**
 * Why a call has no answer. Without a stack trace: it is made where the network noticed, which says nothing about the
 * caller, and made often while a node is down.
 */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, and what that means for whoever must not do a thing twice. */
    public enum Kind {
        /** There is no connection to the node; the request has not left this one. */
        NOT_CONNECTED(true),
        /** The node has no such service, or too much is under way already. */
        REFUSED(true),
        /** Sent, and no answer in time. */
        TIMED_OUT(false),
        /** Sent, or partly, and then the connection broke. */
        CONNECTION_LOST(false),
        /** The handler failed; the message is its own. It may have done a part. */
        FAILED(false);

        private final boolean surelyNotExecuted;

        Kind(boolean surelyNotExecuted) {
            this.surelyNotExecuted = surelyNotExecuted;
        }

        /** Whether the handler surely never saw the request, so that it may be made again, here or elsewhere. */
        public boolean surelyNotExecuted() {
            return surelyNotExecuted;
        }
    }

    private final Kind kind;
    private final String node;

    public TransportException(Kind kind, String node, String message) {
        super(message, null, false, false);
        this.kind = kind;
        this.node = node;
    }

    public Kind kind() {
        return kind;
    }

    /** The id of the node that was called. */
    public String node() {
        return node;
    }

    /** See {@link Kind#surelyNotExecuted}. */
    public boolean surelyNotExecuted() {
        return kind.surelyNotExecuted();
    }
}
