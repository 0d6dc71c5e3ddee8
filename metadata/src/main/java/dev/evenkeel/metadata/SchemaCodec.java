package dev.evenkeel.metadata;

import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.IndexSchema;
import dev.evenkeel.model.KeyAttribute;
import dev.evenkeel.model.KeySchema;
import dev.evenkeel.model.Projection;
import java.util.LinkedHashSet;
import java.util.TreeSet;

/** The binary form of keys, projections and index schemas. */
final class SchemaCodec {
    private SchemaCodec() {}

    static void writeAttribute(Sink out, KeyAttribute attribute) {
        out.text(attribute.name()).member(attribute.type());
    }

    static KeyAttribute readAttribute(Source in) {
        return new KeyAttribute(in.text(), in.member(AttributeType.class));
    }

    static void writeKey(Sink out, KeySchema key) {
        out.list(key.partitionKey(), SchemaCodec::writeAttribute).list(key.sortKey(), SchemaCodec::writeAttribute);
    }

    static KeySchema readKey(Source in) {
        return new KeySchema(in.list(SchemaCodec::readAttribute), in.list(SchemaCodec::readAttribute));
    }

    static void writeProjection(Sink out, Projection projection) {
        out.member(projection.kind()).list(new TreeSet<>(projection.nonKeyAttributes()), Sink::text);
    }

    static Projection readProjection(Source in) {
        return new Projection(in.member(Projection.Kind.class), new LinkedHashSet<>(in.list(Source::text)));
    }

    static void writeIndex(Sink out, IndexSchema index) {
        out.text(index.name()).member(index.kind()).i32(index.id());
        writeKey(out, index.key());
        writeProjection(out, index.projection());
    }

    static IndexSchema readIndex(Source in) {
        return new IndexSchema(in.text(), in.member(IndexSchema.Kind.class), in.i32(), readKey(in), readProjection(in));
    }
}
