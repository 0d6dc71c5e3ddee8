package dev.evenkeel.verify.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came back, or what the model says should: plain trees with items as {@link Value} maps, whatever has no order in a
 * form without order.
 *
 * @param error the error's name, or empty
 * @param body without the error's message
 */
record Answer(String error, Map<String, Object> body) {
    Answer {
        body = new LinkedHashMap<>(body);
    }

    static Answer of(Map<String, Object> body) {
        return new Answer("", body);
    }

    boolean isError() {
        return !error.isEmpty();
    }
}
