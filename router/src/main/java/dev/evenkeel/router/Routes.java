package dev.evenkeel.router;

import dev.evenkeel.metadata.CatalogImage;
import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.DynamoException;
import java.util.function.Supplier;

/** Finds tables for operations on items. A request asks once and keeps what it got, so that it sees one version. */
final class Routes {
    private static final String ARN_START = "arn:";
    private static final String ARN_TABLE = ":table/";

    private final Supplier<CatalogImage> catalog;
    private final PartitionDirectory partitions;

    Routes(Supplier<CatalogImage> catalog, PartitionDirectory partitions) {
        this.catalog = catalog;
        this.partitions = partitions;
    }

    /**
     * @param nameOrArn DynamoDB takes a table's ARN wherever it takes its name
     * @throws DynamoException ResourceNotFoundException, also for a table that is being created or deleted
     */
    TableRoute table(String nameOrArn) {
        var image = catalog.get();
        var table = nameOrArn.startsWith(ARN_START) ? byArn(image, nameOrArn) : byName(image, nameOrArn);
        if (!table.isServing()) {
            throw DynamoException.resourceNotFound();
        }
        return new TableRoute(nameOrArn, table, image, partitions);
    }

    private static Table byName(CatalogImage image, String name) {
        return image.table(name).orElseThrow(DynamoException::resourceNotFound);
    }

    private static Table byArn(CatalogImage image, String arn) {
        int at = arn.indexOf(ARN_TABLE);
        if (at < 0) {
            throw DynamoException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        var table = byName(image, arn.substring(at + ARN_TABLE.length()));
        if (!table.arn().equals(arn)) {
            throw DynamoException.resourceNotFound();
        }
        return table;
    }
}
