package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.evenkeel.api.shape.WireItem;
import dev.evenkeel.model.Item;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An answer's body as the generated writers see it. Members that are null are left out. */
final class JsonOut implements AutoCloseable {
    private static final int MILLIS_PER_SECOND = 1000;

    private final JsonGenerator generator;
    private final AttributeWriter attributes;

    JsonOut(OutputStream to) throws IOException {
        generator = Json.generator(to);
        attributes = new AttributeWriter(generator);
    }

    /** Hands all that was written to the stream, and leaves the stream open. */
    @Override
    public void close() throws IOException {
        generator.close();
    }

    void beginObject() throws IOException {
        generator.writeStartObject();
    }

    void endObject() throws IOException {
        generator.writeEndObject();
    }

    void beginArray() throws IOException {
        generator.writeStartArray();
    }

    void endArray() throws IOException {
        generator.writeEndArray();
    }

    void name(String name) throws IOException {
        generator.writeFieldName(name);
    }

    void member(String name, @Nullable String value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            value(value);
        }
    }

    void member(String name, @Nullable Boolean value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            generator.writeBoolean(value);
        }
    }

    void member(String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            generator.writeNumber(value);
        }
    }

    void member(String name, @Nullable Long value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            generator.writeNumber(value);
        }
    }

    void member(String name, @Nullable Double value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            value(value);
        }
    }

    void member(String name, @Nullable Instant value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            value(value);
        }
    }

    void member(String name, @Nullable Item value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            value(value);
        }
    }

    void member(String name, @Nullable WireItem value) throws IOException {
        member(name, value == null ? null : value.item());
    }

    void value(String value) throws IOException {
        generator.writeString(value);
    }

    void value(Double value) throws IOException {
        generator.writeNumber(value);
    }

    /** Seconds since 1970 in plain decimal, with milliseconds if there are any. */
    void value(Instant value) throws IOException {
        long millis = value.toEpochMilli();
        if (millis % MILLIS_PER_SECOND == 0) {
            generator.writeNumber(millis / MILLIS_PER_SECOND);
        } else {
            generator.writeNumber(BigDecimal.valueOf(millis, 3));
        }
    }

    void value(WireItem value) throws IOException {
        value(value.item());
    }

    void value(Item value) throws IOException {
        generator.writeStartObject();
        attributes.write(value);
        generator.writeEndObject();
    }
}
