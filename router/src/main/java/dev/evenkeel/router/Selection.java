package dev.evenkeel.router;

import dev.evenkeel.expression.DocumentProjection;
import dev.evenkeel.model.DynamoException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Query or Scan answers of each entry: {@code Select} and the parameters that go with it (API Reference, Query,
 * "Select").
 *
 * @param select null when the request leaves it to DynamoDB
 * @param projection null for the whole entry
 */
record Selection(@Nullable String select, @Nullable DocumentProjection projection) {
    private static final String ALL = "ALL_ATTRIBUTES";
    private static final String ALL_PROJECTED = "ALL_PROJECTED_ATTRIBUTES";
    private static final String SPECIFIC = "SPECIFIC_ATTRIBUTES";
    private static final String COUNT = "COUNT";

    /** @throws DynamoException validation, when {@code Select} contradicts the other parameters */
    static Selection of(RangeParameters parameters, @Nullable DocumentProjection projection) {
        var select = parameters.select();
        if (SPECIFIC.equals(select) && projection == null) {
            // A Query wraps these words, a Scan does not; DynamoDB's own irregularity.
            throw DynamoException.validation((parameters.isScan() ? "" : "1 validation error detected: ")
                    + "Must specify the AttributesToGet or ProjectionExpression when choosing to get "
                    + SPECIFIC);
        }
        if (projection != null && select != null && !select.equals(SPECIFIC)) {
            throw DynamoException.validation("Cannot specify the "
                    + (parameters.projectionExpression() == null ? "AttributesToGet" : "ProjectionExpression")
                    + " when choosing to get " + (select.equals(COUNT) ? "only the Count" : select));
        }
        if (ALL_PROJECTED.equals(select) && parameters.indexName() == null) {
            throw DynamoException.validation(
                    ALL_PROJECTED + " can be used only when Querying using an IndexName"); // also of a Scan
        }
        return new Selection(select, projection);
    }

    boolean countsOnly() {
        return COUNT.equals(select);
    }

    /** @throws DynamoException validation, when the projection leads into a key */
    void checkPaths(ReadTarget target) {
        if (projection != null) {
            KeyPaths.check(projection.nestedNames(), target.route().schema());
        }
    }

    /** @throws DynamoException validation, when a global index is asked for what it does not have */
    void checkIndex(ReadTarget target) {
        if (!target.isGlobal() || !target.isPartial()) {
            return;
        }
        var name = Parameters.required(target.index()).name();
        if (ALL.equals(select)) {
            throw DynamoException.validation("One or more parameter values were invalid: Select type " + ALL
                    + " is not supported for global secondary index " + name
                    + " because its projection type is not ALL");
        }
        var missing = missing(target);
        if (!missing.isEmpty()) {
            throw DynamoException.validation("One or more parameter values were invalid: Global secondary index " + name
                    + " does not project " + missing);
        }
    }

    /** Whether the entries of a local index do not carry all that is asked for, so that their items must be read. */
    boolean needsItems(ReadTarget target) {
        return target.isLocal()
                && target.isPartial()
                && (ALL.equals(select) || !missing(target).isEmpty());
    }

    private Set<String> missing(ReadTarget target) {
        var missing = new LinkedHashSet<String>();
        if (projection != null) {
            for (var name : projection.attributeNames()) {
                if (!target.projects(name)) {
                    missing.add(name);
                }
            }
        }
        return missing;
    }
}
