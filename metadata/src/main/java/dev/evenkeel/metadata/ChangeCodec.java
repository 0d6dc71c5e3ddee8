package dev.evenkeel.metadata;

import dev.evenkeel.metadata.CatalogChange.AddIndex;
import dev.evenkeel.metadata.CatalogChange.CreateTable;
import dev.evenkeel.metadata.CatalogChange.DropIndex;
import dev.evenkeel.metadata.CatalogChange.DropTable;
import dev.evenkeel.metadata.CatalogChange.FinishTransition;
import dev.evenkeel.metadata.CatalogChange.Guarded;
import dev.evenkeel.metadata.CatalogChange.SetIndexSettings;
import dev.evenkeel.metadata.CatalogChange.SetIndexStatus;
import dev.evenkeel.metadata.CatalogChange.SetTableSettings;
import dev.evenkeel.metadata.CatalogChange.SetTableStatus;
import dev.evenkeel.metadata.CatalogChange.SetTimeToLive;
import dev.evenkeel.metadata.CatalogChange.SettleTimeToLive;
import dev.evenkeel.metadata.CatalogChange.TableChange;
import dev.evenkeel.metadata.CatalogChange.Tag;
import dev.evenkeel.metadata.CatalogChange.Untag;

/**
 * The binary form of a change. A kind's number is part of the format and never given to another; 14 and 15 are kept for
 * splitting and moving partitions; 16 and 17 are {@link StreamCodec}'s, 13 and 18 {@link TimeToLiveCodec}'s, from 20 on
 * they are {@link ClusterCodec}'s.
 *
 * <pre>
 * change = kind:u8 and, but for CreateTable and changes of streams and of the cluster, tableId:i32; then the fields of that kind
 * </pre>
 */
final class ChangeCodec {
    private static final int CREATE_TABLE = 1;
    private static final int GUARDED = 2;
    private static final int SET_TABLE_STATUS = 3;
    private static final int SET_TABLE_SETTINGS = 4;
    private static final int FINISH_TRANSITION = 5;
    private static final int ADD_INDEX = 6;
    private static final int SET_INDEX_STATUS = 7;
    private static final int SET_INDEX_SETTINGS = 8;
    private static final int DROP_INDEX = 9;
    private static final int TAG = 10;
    private static final int UNTAG = 11;
    private static final int DROP_TABLE = 12;

    private ChangeCodec() {}

    static void write(Sink out, CatalogChange change) {
        switch (change) {
            case CreateTable create -> {
                out.u8(CREATE_TABLE);
                TableCodec.writeDefinition(out, create.definition());
                writePlacement(out, create.placement());
            }
            case Guarded guarded ->
                out.u8(GUARDED)
                        .i32(guarded.tableId())
                        .i64(guarded.tableVersion())
                        .list(guarded.changes(), ChangeCodec::write);
            case TableChange tableChange -> writeTableChange(out, tableChange);
            case StreamChange streamChange -> StreamCodec.writeChange(out, streamChange);
            case ClusterChange clusterChange -> ClusterCodec.writeChange(out, clusterChange);
        }
    }

    private static void writeTableChange(Sink out, TableChange change) {
        out.u8(kind(change)).i32(change.tableId());
        switch (change) {
            case SetTableStatus set -> out.member(set.status());
            case SetTableSettings set -> SettingsCodec.writeTable(out, set.settings());
            case FinishTransition finish -> out.instant(finish.at());
            case AddIndex add -> {
                TableCodec.writeIndexDefinition(out, add.definition());
                out.list(add.attributes(), SchemaCodec::writeAttribute);
                writePlacement(out, add.placement());
            }
            case SetIndexStatus set ->
                out.text(set.indexName()).member(set.status()).bool(set.backfilling());
            case SetIndexSettings set -> SettingsCodec.writeIndex(out.text(set.indexName()), set.settings());
            case DropIndex drop -> out.text(drop.indexName());
            case Tag tag -> TableCodec.writeTags(out, tag.tags());
            case Untag untag -> out.list(untag.keys(), Sink::text);
            case SetTimeToLive set -> TimeToLiveCodec.write(out, set.timeToLive());
            case SettleTimeToLive settle -> TimeToLiveCodec.write(out, settle.followed());
            case DropTable _ -> {}
        }
    }

    private static int kind(TableChange change) {
        return switch (change) {
            case SetTableStatus _ -> SET_TABLE_STATUS;
            case SetTableSettings _ -> SET_TABLE_SETTINGS;
            case FinishTransition _ -> FINISH_TRANSITION;
            case AddIndex _ -> ADD_INDEX;
            case SetIndexStatus _ -> SET_INDEX_STATUS;
            case SetIndexSettings _ -> SET_INDEX_SETTINGS;
            case DropIndex _ -> DROP_INDEX;
            case Tag _ -> TAG;
            case Untag _ -> UNTAG;
            case SetTimeToLive _ -> TimeToLiveCodec.SET;
            case SettleTimeToLive _ -> TimeToLiveCodec.SETTLE;
            case DropTable _ -> DROP_TABLE;
        };
    }

    static CatalogChange read(Source in) {
        int kind = in.u8();
        return switch (kind) {
            case CREATE_TABLE -> new CreateTable(TableCodec.readDefinition(in), readPlacement(in));
            case StreamCodec.END_STREAM, StreamCodec.DROP_STREAM -> StreamCodec.readChange(in, kind);
            case GUARDED -> new Guarded(in.i32(), in.i64(), in.list(ChangeCodec::readTableChange));
            default ->
                kind >= ClusterCodec.KIND_MIN && kind <= ClusterCodec.KIND_MAX
                        ? ClusterCodec.readChange(in, kind)
                        : readTableChange(in, kind);
        };
    }

    private static TableChange readTableChange(Source in) {
        return readTableChange(in, in.u8());
    }

    private static TableChange readTableChange(Source in, int kind) {
        int table = in.i32();
        return switch (kind) {
            case SET_TABLE_STATUS -> new SetTableStatus(table, in.member(TableStatus.class));
            case SET_TABLE_SETTINGS -> new SetTableSettings(table, SettingsCodec.readTable(in));
            case FINISH_TRANSITION -> new FinishTransition(table, in.instant());
            case ADD_INDEX ->
                new AddIndex(
                        table,
                        TableCodec.readIndexDefinition(in),
                        in.list(SchemaCodec::readAttribute),
                        readPlacement(in));
            case SET_INDEX_STATUS -> new SetIndexStatus(table, in.text(), in.member(IndexStatus.class), in.bool());
            case SET_INDEX_SETTINGS -> new SetIndexSettings(table, in.text(), SettingsCodec.readIndex(in));
            case DROP_INDEX -> new DropIndex(table, in.text());
            case TAG -> new Tag(table, TableCodec.readTags(in));
            case UNTAG -> new Untag(table, in.list(Source::text));
            case TimeToLiveCodec.SET -> TimeToLiveCodec.readSet(in, table);
            case TimeToLiveCodec.SETTLE -> TimeToLiveCodec.readSettle(in, table);
            case DROP_TABLE -> new DropTable(table);
            default -> throw new CorruptCatalogException("no change of the catalog has number " + kind);
        };
    }

    private static void writePlacement(Sink out, Placement placement) {
        out.i32(placement.partitions()).i32(placement.groupId());
    }

    private static Placement readPlacement(Source in) {
        return new Placement(in.i32(), in.i32());
    }
}
