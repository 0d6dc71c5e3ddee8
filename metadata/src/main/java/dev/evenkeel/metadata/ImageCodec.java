package dev.evenkeel.metadata;

import java.util.List;

/**
 * The binary form of a whole image.
 *
 * <pre>
 * image = format:u8 version:i64 nextTableId:i32 nextPartitionId:i64 table… (tableId:i32 partition…)… topology stream…
 * topology = featureLevel:i32 node… group…
 * </pre>
 *
 * <p>Format 1 ends before the topology, format 2 before the streams. They are still written when there are none, so that a
 * data folder can go back a release.
 */
final class ImageCodec {
    private static final int WITHOUT_TOPOLOGY = 1;
    private static final int WITHOUT_STREAMS = 2;
    private static final int FORMAT = 3;

    private ImageCodec() {}

    static byte[] encode(CatalogImage image) {
        int format = format(image);
        var out = new Sink()
                .u8(format)
                .i64(image.version())
                .i32(image.nextTableId())
                .i64(image.nextPartitionId())
                .list(image.tables(), TableCodec::writeTable);
        for (var table : image.tables()) {
            out.list(image.partitions(table.id()), ImageCodec::writePartition);
            for (var index : table.globalIndexes()) {
                out.list(image.partitions(index.id()), ImageCodec::writePartition);
            }
        }
        if (format >= WITHOUT_STREAMS) {
            ClusterCodec.writeTopology(out, image.topology());
        }
        if (format == FORMAT) {
            out.list(image.streams(), StreamCodec::writeStream);
        }
        return out.toBytes();
    }

    private static int format(CatalogImage image) {
        if (!image.streams().isEmpty()) {
            return FORMAT;
        }
        return image.topology().equals(Topology.EMPTY) ? WITHOUT_TOPOLOGY : WITHOUT_STREAMS;
    }

    static CatalogImage decode(byte[] bytes) {
        var in = new Source(bytes);
        int format = in.u8();
        if (format < WITHOUT_TOPOLOGY || format > FORMAT) {
            throw new CorruptCatalogException(
                    "catalog image format " + format + "; this release reads up to " + FORMAT);
        }
        try {
            var image = decodeTables(in);
            var whole = format == WITHOUT_TOPOLOGY ? image : image.withTopology(ClusterCodec.readTopology(in));
            if (format == FORMAT) {
                for (var stream : in.list(StreamCodec::readStream)) {
                    whole = whole.withStream(stream);
                }
            }
            in.end();
            return whole;
        } catch (IllegalArgumentException broken) {
            throw new CorruptCatalogException("the catalog contradicts itself: " + broken.getMessage(), broken);
        }
    }

    private static CatalogImage decodeTables(Source in) {
        var image = CatalogImage.EMPTY.withVersion(in.i64()).withNextIds(in.i32(), in.i64());
        List<Table> tables = in.list(TableCodec::readTable);
        for (var table : tables) {
            image = image.withTable(table).withPartitions(table.id(), readPartitions(in, table.id()));
            for (var index : table.globalIndexes()) {
                image = image.withPartitions(index.id(), readPartitions(in, index.id()));
            }
        }
        return image;
    }

    private static PartitionMap readPartitions(Source in, int tableId) {
        return new PartitionMap(in.list(i -> readPartition(i, tableId)));
    }

    private static void writePartition(Sink out, PartitionDescriptor partition) {
        out.i64(partition.id())
                .raw(partition.from())
                .optional(partition.to(), Sink::raw)
                .i32(partition.groupId());
    }

    private static PartitionDescriptor readPartition(Source in, int tableId) {
        return new PartitionDescriptor(in.i64(), tableId, in.raw(), in.optional(Source::raw), in.i32());
    }
}
