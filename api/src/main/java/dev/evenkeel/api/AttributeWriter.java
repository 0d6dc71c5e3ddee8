package dev.evenkeel.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.evenkeel.model.AttributeType;
import dev.evenkeel.model.Item;
import dev.evenkeel.model.ItemVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes the attributes of items as they lie in their binary form: strings stay UTF-8 all the way. */
final class AttributeWriter implements ItemVisitor {
    private static final SerializedString S = new SerializedString("S");
    private static final SerializedString N = new SerializedString("N");
    private static final SerializedString B = new SerializedString("B");
    private static final SerializedString BOOL = new SerializedString("BOOL");
    private static final SerializedString NULL = new SerializedString("NULL");
    private static final SerializedString M = new SerializedString("M");
    private static final SerializedString L = new SerializedString("L");

    private final JsonGenerator generator;
    private boolean inSet;

    AttributeWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes the attributes, without the braces around them. */
    void write(Item item) throws IOException {
        try {
            item.accept(this);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** The visitor's methods cannot throw what the generator throws. */
    private static void unchecked(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void begin(SerializedString type) throws IOException {
        if (!inSet) {
            generator.writeStartObject();
            generator.writeFieldName(type);
        }
    }

    private void end() throws IOException {
        if (!inSet) {
            generator.writeEndObject();
        }
    }

    @Override
    public void name(byte[] utf8, int offset, int length) {
        unchecked(() -> generator.writeFieldName(new String(utf8, offset, length, StandardCharsets.UTF_8)));
    }

    @Override
    public void string(byte[] utf8, int offset, int length) {
        unchecked(() -> {
            begin(S);
            generator.writeUTF8String(utf8, offset, length);
            end();
        });
    }

    @Override
    public void number(String decimal) {
        unchecked(() -> {
            begin(N);
            generator.writeString(decimal);
            end();
        });
    }

    @Override
    public void binary(byte[] bytes, int offset, int length) {
        unchecked(() -> {
            begin(B);
            generator.writeBinary(bytes, offset, length);
            end();
        });
    }

    @Override
    public void bool(boolean value) {
        unchecked(() -> {
            begin(BOOL);
            generator.writeBoolean(value);
            end();
        });
    }

    @Override
    public void nul() {
        unchecked(() -> {
            begin(NULL);
            generator.writeBoolean(true);
            end();
        });
    }

    @Override
    public void beginMap() {
        unchecked(() -> {
            begin(M);
            generator.writeStartObject();
        });
    }

    @Override
    public void endMap() {
        unchecked(() -> {
            generator.writeEndObject();
            end();
        });
    }

    @Override
    public void beginList() {
        unchecked(() -> {
            begin(L);
            generator.writeStartArray();
        });
    }

    @Override
    public void endList() {
        unchecked(() -> {
            generator.writeEndArray();
            end();
        });
    }

    @Override
    public void beginSet(AttributeType type) {
        unchecked(() -> {
            generator.writeStartObject();
            generator.writeFieldName(type.name());
            generator.writeStartArray();
        });
        inSet = true;
    }

    @Override
    public void endSet() {
        inSet = false;
        unchecked(() -> {
            generator.writeEndArray();
            generator.writeEndObject();
        });
    }
}
