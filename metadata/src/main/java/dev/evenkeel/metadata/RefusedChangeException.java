package dev.evenkeel.metadata;

/**
 * A change of nodes, groups or the feature level that would break a rule of the cluster, or that was made from what has
 * changed since. Its message is for operators; clients of the API never see it.
 */
public final class RefusedChangeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedChangeException(String message) {
        super(message, null, false, false);
    }
}
