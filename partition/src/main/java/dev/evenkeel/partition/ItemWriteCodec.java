package dev.evenkeel.partition;

import dev.evenkeel.expression.Condition;
import dev.evenkeel.expression.ExpressionCodec;
import dev.evenkeel.model.ByteReader;
import dev.evenkeel.model.ByteWriter;
import dev.evenkeel.model.ExpirySchema;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of a write.
 *
 * <pre>
 * write  = form:u8 position returnItem:u8 condition …
 * put    = item          change = key update          delete, check = nothing
 * expire = setting:varint attribute second:varint
 * condition, update = expression bytes; empty for none
 * </pre>
 */
final class ItemWriteCodec {
    private static final int PUT = 1;
    private static final int CHANGE = 2;
    private static final int DELETE = 3;
    private static final int CHECK = 4;
    private static final int EXPIRE = 5;

    private static final byte[] NONE = {};

    private ItemWriteCodec() {}

    static void write(ByteWriter out, ItemWrite write) {
        out.u8(form(write)).bytes(write.position()).bool(write.returnItemOnConditionFailure());
        writeCondition(out, write.condition());
        switch (write) {
            case ItemWrite.Put put -> out.item(put.item());
            case ItemWrite.Change change ->
                out.item(change.key())
                        .bytes(ExpressionCodec.encode(change.update().source()));
            case ItemWrite.Expire expire ->
                out.unsigned(expire.expiry().id())
                        .string(expire.expiry().attribute())
                        .unsigned(expire.second());
            case ItemWrite.Delete _, ItemWrite.Check _ -> {}
        }
    }

    private static int form(ItemWrite write) {
        return switch (write) {
            case ItemWrite.Put _ -> PUT;
            case ItemWrite.Change _ -> CHANGE;
            case ItemWrite.Delete _ -> DELETE;
            case ItemWrite.Check _ -> CHECK;
            case ItemWrite.Expire _ -> EXPIRE;
        };
    }

    static ItemWrite read(ByteReader in) {
        int form = in.u8();
        var position = in.bytes();
        boolean returnItem = in.bool();
        var condition = readCondition(in);
        return switch (form) {
            case PUT -> new ItemWrite.Put(position, in.item(), condition, returnItem);
            case CHANGE ->
                new ItemWrite.Change(position, in.item(), ExpressionCodec.update(in.bytes()), condition, returnItem);
            case DELETE -> new ItemWrite.Delete(position, condition, returnItem);
            case CHECK -> new ItemWrite.Check(position, Objects.requireNonNull(condition), returnItem);
            case EXPIRE -> new ItemWrite.Expire(position, new ExpirySchema(in.unsigned(), in.string()), in.unsigned());
            default -> throw new IllegalStateException("a write of unknown form " + form);
        };
    }

    static void writeCondition(ByteWriter out, @Nullable Condition condition) {
        out.bytes(condition == null ? NONE : ExpressionCodec.encode(condition.source()));
    }

    static @Nullable Condition readCondition(ByteReader in) {
        var bytes = in.bytes();
        return bytes.length == 0 ? null : ExpressionCodec.condition(bytes);
    }
}
