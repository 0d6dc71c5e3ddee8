package dev.evenkeel.metadata;

import java.util.Comparator;
import java.util.HashMap;

/** Which group hosts what is new: a function of the image, so that every replica chooses alike. */
final class GroupChoice {
    private GroupChoice() {}

    static int forTable(CatalogImage image, Placement placement) {
        if (!placement.isSpread()) {
            return placement.groupId();
        }
        var tables = new HashMap<Integer, Integer>();
        image.tables().forEach(table -> tables.merge(groupOf(image, table), 1, Integer::sum));
        return image.hostingGroups().stream()
                .map(GroupDescriptor::id)
                .min(Comparator.comparingInt(id -> tables.getOrDefault(id, 0))) // the first of equals: the lowest id
                .orElse(Placement.SINGLE_GROUP);
    }

    /** A table's indexes share its group, so that its log feeds them without leaving the node. */
    static int forIndex(CatalogImage image, Table table, Placement placement) {
        return placement.isSpread() ? groupOf(image, table) : placement.groupId();
    }

    private static int groupOf(CatalogImage image, Table table) {
        return image.partitions(table.id()).getFirst().groupId();
    }
}
