package dev.evenkeel.router;

import dev.evenkeel.expression.Statement;
import dev.evenkeel.model.DynamoException;

/** Finds what a SELECT reads. The words are PartiQL's own; Query and Scan have others for the same mistakes. */
final class SelectTarget {
    private SelectTarget() {}

    /** @throws DynamoException when there is no such table or index, or it cannot be read so */
    static ReadTarget of(Statement.Select select, Routes routes, boolean consistent) {
        var route = routes.table(select.table(), select.index());
        var indexName = select.index();
        if (indexName != null) {
            var index = route.schema()
                    .index(indexName)
                    .orElseThrow(() -> DynamoException.validation("The table does not have the specified index"));
            if (index.key().partitionKey().size() > 1 || index.key().sortKey().size() > 1) {
                throw DynamoException.validation("PartiQL statements cannot be executed on tables with multi-attribute "
                        + "HASH keys or multi-attribute RANGE keys.");
            }
            if (consistent && index.isGlobal()) {
                throw DynamoException.validation(
                        "Strongly consistent read is not supported on Global Secondary Indexes");
            }
        }
        return ReadTarget.of(route, indexName, consistent);
    }
}
