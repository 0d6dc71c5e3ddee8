package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.PartitionDescriptor;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.TableSchema;
import dev.evenkeel.partition.PartitionReplica;

/**
 * One table as one request sees it: as of one version of the catalog.
 *
 * @param calledAs name or ARN, whichever the request had: answers repeat it
 */
record TableRoute(String calledAs, Table table, CatalogImage image, PartitionDirectory directory) {

    TableSchema schema() {
        return table.schema();
    }

    KeySchema key() {
        return table.schema().key();
    }

    /** Where the item at that position is, for a request that speaks to its group. */
    PartitionDescriptor partition(byte[] position) {
        return directory.located(image.partitionOf(table.id(), position));
    }

    /** The partition that holds the item at that position. */
    PartitionReplica replica(byte[] position) {
        return directory.replica(image.partitionOf(table.id(), position));
    }
}
