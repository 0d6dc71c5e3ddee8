package dev.evenkeel.metadata;

import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.TableSchema;
import java.time.Instant;
import java.util.List;

/**
 * A global index of a table: a hidden table with the id {@code schema.id()} and partitions of its own.
 *
 * @param backfilling whether items written before the index was are still being copied into it
 */
public record GlobalIndex(IndexSchema schema, IndexStatus status, boolean backfilling, IndexSettings settings) {
    public GlobalIndex {
        if (!schema.isGlobal()) {
            throw new IllegalArgumentException(schema.name() + " is a local index");
        }
    }

    /** The id of the hidden table. */
    public int id() {
        return schema.id();
    }

    public String name() {
        return schema.name();
    }

    /** The schema of the hidden table, as partitions know it. */
    public TableSchema hiddenTable() {
        return new TableSchema(id(), name(), schema.key(), List.of(), List.of());
    }

    public GlobalIndex withStatus(IndexStatus nextStatus, boolean nextBackfilling) {
        return new GlobalIndex(schema, nextStatus, nextBackfilling, settings);
    }

    public GlobalIndex withSettings(IndexSettings next) {
        return new GlobalIndex(schema, status, backfilling, next);
    }

    /** Whether it keeps its table UPDATING: while it gets its partitions and while it loses them. */
    public boolean holdsTable() {
        return status == IndexStatus.DELETING || (status == IndexStatus.CREATING && !backfilling);
    }

    /** What a finished update of its table makes of it. */
    GlobalIndex finished(Instant at) {
        var done = withSettings(settings.finished(at));
        return status == IndexStatus.UPDATING ? done.withStatus(IndexStatus.ACTIVE, false) : done;
    }
}
