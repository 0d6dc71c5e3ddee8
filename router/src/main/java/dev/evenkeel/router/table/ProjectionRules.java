package dev.evenkeel.router.table;

import dev.evenkeel.model.Projection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/** Projections of indexes out of a request. */
final class ProjectionRules {
    /** Over all indexes of a table (API Reference, Projection.NonKeyAttributes). */
    private static final int NON_KEY_ATTRIBUTES_MAX = 100;

    private ProjectionRules() {}

    static Projection read(dev.evenkeel.api.shape.Projection projection) {
        var type = projection.projectionType();
        if (type == null) {
            throw Refusals.invalid("Unknown ProjectionType: null");
        }
        var kind = Projection.Kind.valueOf(type);
        var attributes = projection.nonKeyAttributes();
        if (kind != Projection.Kind.INCLUDE && attributes != null) {
            throw Refusals.invalid("ProjectionType is " + type + ", but NonKeyAttributes is specified");
        }
        if (kind == Projection.Kind.INCLUDE && attributes == null) {
            throw Refusals.invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
        }
        return attributes == null
                ? new Projection(kind, new HashSet<>())
                : new Projection(kind, new LinkedHashSet<>(requireDistinct(attributes)));
    }

    private static List<String> requireDistinct(List<String> attributes) {
        var seen = new HashSet<String>();
        for (var attribute : attributes) {
            if (!seen.add(attribute)) {
                throw Refusals.invalid("Duplicate element in NonKeyAttributes: " + attribute);
            }
        }
        return attributes;
    }

    /** An attribute counts once for every index that names it. */
    static void requireFewAttributes(List<Projection> projections) {
        int named = projections.stream()
                .mapToInt(projection -> projection.nonKeyAttributes().size())
                .sum();
        if (named > NON_KEY_ATTRIBUTES_MAX) {
            throw Refusals.invalid("Number of NonKeyAttributes across all indexes exceeds the per-table limit of "
                    + NON_KEY_ATTRIBUTES_MAX);
        }
    }
}
