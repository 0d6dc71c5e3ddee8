package dev.evenkeel.metadata;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The binary form of a whole image.
 *
 * <pre>
 * image = format:u8 version:i64 nextTableId:i32 nextPartitionId:i64 table… (tableId:i32 partition…)… topology stream…
 *         expiry…
 * topology = featureLevel:i32 node… group…
 * expiry = tableId:i32 timeToLive
 * </pre>
 *
 * <p>Format 1 ends before the topology, format 2 before the streams, format 3 before what expires. They are still written
 * when there are none, so that a data folder can go back a release.
 */
final class ImageCodec {
    private static final int WITHOUT_TOPOLOGY = 1;
    private static final int WITHOUT_STREAMS = 2;
    private static final int WITHOUT_EXPIRY = 3;
    private static final int FORMAT = 4;

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
        if (format >= WITHOUT_EXPIRY) {
            out.list(image.streams(), StreamCodec::writeStream);
        }
        if (format == FORMAT) {
            out.list(expiring(image), ImageCodec::writeExpiry);
        }
        return out.toBytes();
    }

    private static int format(CatalogImage image) {
        if (!expiring(image).isEmpty()) {
            return FORMAT;
        }
        if (!image.streams().isEmpty()) {
            return WITHOUT_EXPIRY;
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
            if (format >= WITHOUT_EXPIRY) {
                for (var stream : in.list(StreamCodec::readStream)) {
                    whole = whole.withStream(stream);
                }
            }
            if (format == FORMAT) {
                whole = withExpiry(whole, in);
            }
            in.end();
            return whole;
        } catch (IllegalArgumentException broken) {
            throw new CorruptCatalogException("the catalog contradicts itself: " + broken.getMessage(), broken);
        }
    }

    private static List<Table> expiring(CatalogImage image) {
        return image.tables().stream()
                .filter(table -> table.timeToLive() != null)
                .toList();
    }

    private static void writeExpiry(Sink out, Table table) {
        TimeToLiveCodec.write(out.i32(table.id()), Objects.requireNonNull(table.timeToLive()));
    }

    private static CatalogImage withExpiry(CatalogImage image, Source in) {
        var whole = image;
        for (var expiry : in.list(i -> Map.entry(i.i32(), TimeToLiveCodec.read(i)))) {
            var table = whole.tableById(expiry.getKey())
                    .orElseThrow(() -> new CorruptCatalogException("items expire of no table, " + expiry.getKey()));
            whole = whole.withTable(table.withTimeToLive(expiry.getValue()));
        }
        return whole;
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
