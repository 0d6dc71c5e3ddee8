package dev.evenkeel.metadata;

import dev.evenkeel.model.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The binary form of tables, without how their items expire, and of their definitions. */
final class TableCodec {
    private TableCodec() {}

    static void writeTable(Sink out, Table table) {
        out.i32(table.id()).text(table.name());
        SchemaCodec.writeKey(out, table.schema().key());
        out.list(table.schema().localIndexes(), SchemaCodec::writeIndex)
                .i64(table.version())
                .text(table.arn());
        writeUuid(out, table.uuid());
        out.instant(table.createdAt()).member(table.status());
        SettingsCodec.writeTable(out, table.settings());
        out.list(table.attributes(), SchemaCodec::writeAttribute)
                .list(table.globalIndexes(), TableCodec::writeGlobalIndex);
        writeTags(out, table.tags());
    }

    static Table readTable(Source in) {
        return new Table(
                new TableSchema(
                        in.i32(), in.text(), SchemaCodec.readKey(in), in.list(SchemaCodec::readIndex), List.of()),
                in.i64(),
                in.text(),
                readUuid(in),
                in.instant(),
                in.member(TableStatus.class),
                SettingsCodec.readTable(in),
                in.list(SchemaCodec::readAttribute),
                in.list(TableCodec::readGlobalIndex),
                readTags(in),
                null);
    }

    static void writeDefinition(Sink out, TableDefinition definition) {
        out.text(definition.name()).text(definition.arn());
        writeUuid(out, definition.uuid());
        out.instant(definition.createdAt());
        SchemaCodec.writeKey(out, definition.key());
        out.list(definition.attributes(), SchemaCodec::writeAttribute)
                .list(definition.localIndexes(), SchemaCodec::writeIndex)
                .list(definition.globalIndexes(), TableCodec::writeIndexDefinition);
        SettingsCodec.writeTable(out, definition.settings());
        writeTags(out, definition.tags());
    }

    static TableDefinition readDefinition(Source in) {
        return new TableDefinition(
                in.text(),
                in.text(),
                readUuid(in),
                in.instant(),
                SchemaCodec.readKey(in),
                in.list(SchemaCodec::readAttribute),
                in.list(SchemaCodec::readIndex),
                in.list(TableCodec::readIndexDefinition),
                SettingsCodec.readTable(in),
                readTags(in));
    }

    static void writeIndexDefinition(Sink out, IndexDefinition definition) {
        out.text(definition.name());
        SchemaCodec.writeKey(out, definition.key());
        SchemaCodec.writeProjection(out, definition.projection());
        SettingsCodec.writeIndex(out, definition.settings());
    }

    static IndexDefinition readIndexDefinition(Source in) {
        return new IndexDefinition(
                in.text(), SchemaCodec.readKey(in), SchemaCodec.readProjection(in), SettingsCodec.readIndex(in));
    }

    static void writeTags(Sink out, Map<String, String> tags) {
        // sorted, so that the same tags are always the same bytes
        out.list(
                new TreeMap<>(tags).entrySet(), (o, tag) -> o.text(tag.getKey()).text(tag.getValue()));
    }

    static Map<String, String> readTags(Source in) {
        var tags = new HashMap<String, String>();
        in.list(i -> Map.entry(i.text(), i.text())).forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
        return tags;
    }

    private static void writeGlobalIndex(Sink out, GlobalIndex index) {
        SchemaCodec.writeIndex(out, index.schema());
        out.member(index.status()).bool(index.backfilling());
        SettingsCodec.writeIndex(out, index.settings());
    }

    private static GlobalIndex readGlobalIndex(Source in) {
        return new GlobalIndex(
                SchemaCodec.readIndex(in), in.member(IndexStatus.class), in.bool(), SettingsCodec.readIndex(in));
    }

    private static void writeUuid(Sink out, UUID uuid) {
        out.i64(uuid.getMostSignificantBits()).i64(uuid.getLeastSignificantBits());
    }

    private static UUID readUuid(Source in) {
        return new UUID(in.i64(), in.i64());
    }
}
