package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.router.table.TableArns;
import java.util.function.Supplier;

/** Finds tables for operations on items. A request asks once and keeps what it got, so that it sees one version. */
final class Routes {
    private final Supplier<CatalogImage> catalog;
    private final TableArns arns;
    private final PartitionDirectory partitions;

    Routes(Supplier<CatalogImage> catalog, TableArns arns, PartitionDirectory partitions) {
        this.catalog = catalog;
        this.arns = arns;
        this.partitions = partitions;
    }

    /**
     * @param nameOrArn DynamoDB takes a table's ARN wherever it takes its name
     * @throws DynamoException ResourceNotFoundException, also for a table that is being created or deleted
     */
    TableRoute table(String nameOrArn) {
        var image = catalog.get();
        var table = image.table(arns.nameOf(nameOrArn)).orElseThrow(DynamoException::resourceNotFound);
        if (!table.isServing()) {
            throw DynamoException.resourceNotFound();
        }
        return new TableRoute(nameOrArn, table, image, partitions);
    }
}
