package dev.evenkeel.api;

import dev.evenkeel.model.DynamoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of the table that an operation is about. The model takes it for an ARN of 1 to 1024 characters; DynamoDB checks
 * a plain name more closely, before anything else, and then tells of nothing else. How it does so has changed over the
 * years, and not for all operations.
 */
enum TableNameRule {
    /** Operations on items and most others. A name that is missing is one violation among others. */
    MEMBER(1, false),

    /** The older operations on tables, which speak of "the parameter" and do not say what the name was. */
    PARAMETER(3, true),

    /** CreateTable, where a name must be fit for a new table. */
    CREATED(3, false);

    private static final int LENGTH_MAX = 255;
    private static final int ARN_LENGTH_MAX = 1024;
    private static final String MEMBER_PATH = "tableName";

    private final int lengthMin;
    private final boolean lengthInSentence;

    TableNameRule(int lengthMin, boolean lengthInSentence) {
        this.lengthMin = lengthMin;
        this.lengthInSentence = lengthInSentence;
    }

    /** @throws DynamoException a validation error, alone, when the name is no table's */
    void check(@Nullable String name) {
        if (name == null) {
            if (this != MEMBER) {
                throw DynamoException.validation(
                        "The parameter 'TableName' is required but was not present in the request");
            }
            return;
        }
        if (name.startsWith("arn:")) {
            if (name.length() > ARN_LENGTH_MAX) {
                throw Violations.of(
                        List.of(Violations.complaint(name, MEMBER_PATH, Violations.lengthAtMost(ARN_LENGTH_MAX))));
            }
            return;
        }
        if (!isPlain(name) || name.length() < lengthMin || name.length() > LENGTH_MAX) {
            complain(name);
        }
    }

    private void complain(String name) {
        if (lengthInSentence && (name.length() < lengthMin || name.length() > LENGTH_MAX)) {
            throw DynamoException.validation(
                    "TableName must be at least 3 characters long and at most 255 characters long");
        }
        var complaints = new ArrayList<String>();
        if (!isPlain(name)) {
            complaints.add(Violations.complaint(name, MEMBER_PATH, TextRule.patternConstraint("[a-zA-Z0-9_.-]+")));
        }
        if (name.length() < lengthMin) {
            complaints.add(Violations.complaint(name, MEMBER_PATH, Violations.lengthAtLeast(lengthMin)));
        }
        if (name.length() > LENGTH_MAX) {
            complaints.add(Violations.complaint(name, MEMBER_PATH, Violations.lengthAtMost(LENGTH_MAX)));
        }
        throw Violations.of(complaints);
    }

    /** Letters, digits, underscore, dot and hyphen only. The empty name is left to its length. */
    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-'
                    || c == '.';
            if (!plain) {
                return false;
            }
        }
        return true;
    }
}
