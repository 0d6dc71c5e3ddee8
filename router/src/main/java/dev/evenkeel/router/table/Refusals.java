package dev.evenkeel.router.table;

import dev.evenkeel.metadata.Table;
import dev.evenkeel.model.DynamoException;
import dev.evenkeel.model.ErrorCode;
import java.util.List;

/** The control plane's refusals in DynamoDB's words; each stands here once. */
final class Refusals {
    private Refusals() {}

    static DynamoException invalid(String what) {
        return DynamoException.validation("One or more parameter values were invalid: " + what);
    }

    /** Violations of the shape that the model no longer states, as one list. */
    static DynamoException violations(List<String> violations) {
        return DynamoException.validation(violations.size()
                + (violations.size() == 1 ? " validation error" : " validation errors")
                + " detected: "
                + String.join("; ", violations));
    }

    static DynamoException tableNotFound(String name) {
        return notFound("Table: " + name + " not found");
    }

    static DynamoException indexNotFound(String index, String table) {
        return notFound("Index " + index + " for table " + table);
    }

    static DynamoException notFound(String what) {
        return new DynamoException(ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found: " + what);
    }

    static DynamoException inUse(String why) {
        return new DynamoException(
                ErrorCode.RESOURCE_IN_USE, "Attempt to change a resource which is still in use: " + why);
    }

    static DynamoException beingCreated(Table table) {
        return inUse("Table is being created: " + table.name());
    }

    static DynamoException beingDeleted(Table table) {
        return inUse("Table is being deleted: " + table.name());
    }

    static DynamoException limit(String what) {
        return new DynamoException(ErrorCode.LIMIT_EXCEEDED, "Subscriber limit exceeded: " + what);
    }

    static DynamoException oneOnlineIndex() {
        return limit("Only 1 online index can be created or deleted simultaneously per table");
    }

    static DynamoException accessDenied() {
        return new DynamoException(ErrorCode.ACCESS_DENIED, "Access is denied");
    }

    static DynamoException unsupported(String parameter) {
        return invalid(parameter + " is not supported by Evenkeel");
    }
}
