package dev.evenkeel.router;

import dev.evenkeel.model.ErrorCode;

/**
 * A request and the error it is answered with.
 *
 * @param json with single quotes
 */
record Refusal(String operation, String json, ErrorCode code, String message) {

    static Refusal validation(String operation, String json, String message) {
        return new Refusal(operation, json, ErrorCode.VALIDATION, message);
    }

    static Refusal notFound(String operation, String json) {
        return new Refusal(operation, json, ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found");
    }

    String expected() {
        return code + ": " + message;
    }

    @Override
    public String toString() {
        return operation + " " + (json.length() < 200 ? json : json.substring(0, 200) + "…");
    }
}
