package dev.evenkeel.router;

import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.Item;
import dev.evenkeel.partition.WriteOutcome;
import org.jspecify.annotations.Nullable;

/** What a write answers of the item (API Reference, ReturnValues). */
enum ReturnValues {
    NONE,
    ALL_OLD,
    UPDATED_OLD,
    ALL_NEW,
    UPDATED_NEW;

    static ReturnValues of(@Nullable String parameter) {
        return parameter == null ? NONE : valueOf(parameter); // the shape allows these names only
    }

    /**
     * For writes of whole items.
     *
     * @throws DynamoException validation
     */
    static ReturnValues ofWholeItem(@Nullable String parameter) {
        var values = of(parameter);
        if (values != NONE && values != ALL_OLD) {
            throw DynamoException.validation("ReturnValues can only be ALL_OLD or NONE");
        }
        return values;
    }

    /** Whether a failed condition's error carries the item. */
    static boolean onConditionFailure(@Nullable String parameter) {
        return "ALL_OLD".equals(parameter);
    }

    /** The attributes to answer, or null for none. DynamoDB leaves out updated attributes when there are none. */
    @Nullable
    Item of(WriteOutcome outcome) {
        var update = outcome.update();
        return switch (this) {
            case NONE -> null;
            case ALL_OLD -> outcome.before();
            case ALL_NEW -> outcome.after();
            case UPDATED_OLD -> outcome.before() == null || update == null ? null : unlessEmpty(update.updatedOld());
            case UPDATED_NEW -> update == null ? null : unlessEmpty(update.updatedNew());
        };
    }

    private static @Nullable Item unlessEmpty(Item item) {
        return item.isEmpty() ? null : item;
    }
}
