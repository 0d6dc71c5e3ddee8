package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.router.table.TableArns;
import java.util.function.Supplier;

/** Finds tables for operations on items. A request asks once and keeps what it got, so that it sees one version. */
final class Routes {
    private final Supplier<CatalogImage> catalog;
    private final Supplier<CatalogImage> newest;
    private final TableArns arns;
    private final PartitionDirectory partitions;

    /** @param newest the catalog with every change made so far, also on other nodes; asked when a table is missing */
    Routes(
            Supplier<CatalogImage> catalog,
            Supplier<CatalogImage> newest,
            TableArns arns,
            PartitionDirectory partitions) {
        this.catalog = catalog;
        this.newest = newest;
        this.arns = arns;
        this.partitions = partitions;
    }

    /**
     * @param nameOrArn DynamoDB takes a table's ARN wherever it takes its name
     * @throws DynamoException ResourceNotFoundException, also for a table that is being created or deleted
     */
    TableRoute table(String nameOrArn) {
        var name = arns.nameOf(nameOrArn);
        var image = catalog.get();
        if (!isServing(image, name)) {
            image = newest.get();
        }
        var table = image.table(name).filter(Table::isServing).orElseThrow(DynamoException::resourceNotFound);
        return new TableRoute(nameOrArn, table, image, partitions);
    }

    private static boolean isServing(CatalogImage image, String name) {
        return image.table(name).filter(Table::isServing).isPresent();
    }
}
