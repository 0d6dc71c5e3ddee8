package dev.evenkeel.metadata;

/** A log entry or snapshot of the catalog that cannot be what we wrote, or that a newer release wrote. */
public final class CorruptCatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CorruptCatalogException(String message) {
        super(message);
    }

    CorruptCatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
