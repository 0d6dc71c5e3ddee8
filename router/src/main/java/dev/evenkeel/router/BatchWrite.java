package dev.evenkeel.router;

import dev.evenkeel.api.shape.WriteRequest;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.ItemWrite;
import dev.evenkeel.partition.WriteOutcome;
import org.jspecify.annotations.Nullable;

/**
 * One write of a batch, ready to go.
 *
 * @param key the key attributes alone
 */
record BatchWrite(TableRoute route, WriteRequest request, Item key, ItemWrite write) {

    /** A put when {@code item} is there, else the delete of {@code key}; one of them is. */
    record Parsed(
            WriteRequest request,
            @Nullable Item item,
            @Nullable Item key) {}

    /**
     * @param outcome null when the write was refused because of load, or of a transaction
     * @param refusal why, then
     */
    record Result(
            BatchWrite write,
            @Nullable WriteOutcome outcome,
            @Nullable DynamoException refusal) {}

    /** @throws DynamoException validation, of what can be seen without the table */
    static Parsed parse(WriteRequest request) {
        var put = request.putRequest();
        var delete = request.deleteRequest();
        if ((put == null) == (delete == null)) {
            throw DynamoException.validation("Supplied AttributeValue has more than one datatypes set, must contain "
                    + "exactly one of the supported datatypes"); // DynamoDB's words, though no value is meant
        }
        if (put != null) {
            var item = Parameters.item(Parameters.required(put.item()));
            PutItemHandler.checkSize(item);
            return new Parsed(request, item, null);
        }
        var key =
                Parameters.item(Parameters.required(Parameters.required(delete).key()));
        return new Parsed(request, null, key);
    }

    /** @throws DynamoException validation, against the table */
    static BatchWrite route(Parsed parsed, TableRoute route) {
        var item = parsed.item();
        if (item != null) {
            var position = KeyValidation.positionOfItem(item, route.key(), KeyValidation.Wording.KEY);
            IndexKeyValidation.checkItem(item, route.schema());
            var key = item.only(route.key().names());
            return new BatchWrite(route, parsed.request(), key, new ItemWrite.Put(position, item, null, false));
        }
        var key = Parameters.required(parsed.key());
        var position = KeyValidation.positionOfKey(key, route.key());
        return new BatchWrite(route, parsed.request(), key, new ItemWrite.Delete(position, null, false));
    }

    Result apply() {
        try {
            return new Result(this, route.replica(write.position()).write(write), null);
        } catch (DynamoException refused) {
            if (refused.code().blame() != ErrorCode.Blame.LOAD && refused.code() != ErrorCode.TRANSACTION_CONFLICT) {
                throw refused;
            }
            return new Result(this, null, refused);
        }
    }
}
