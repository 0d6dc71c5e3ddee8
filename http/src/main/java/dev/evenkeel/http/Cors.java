package dev.evenkeel.http;

import java.util.ArrayList;
import java.util.List;

/** What lets a web page of any origin use the endpoint. DynamoDB lets all. */
final class Cors {
    private static final String TWO_DAYS_SECONDS = "172800";

    private Cors() {}

    /** The headers of the answer to a browser that asks before it sends. */
    static List<String> preflight(HttpCall call, String requestId) {
        var headers = new ArrayList<>(List.of("x-amzn-RequestId", requestId));
        addTo(headers, call);
        echo(headers, "Access-Control-Allow-Headers", call, "access-control-request-headers");
        echo(headers, "Access-Control-Allow-Methods", call, "access-control-request-method");
        headers.add("Access-Control-Max-Age");
        headers.add(TWO_DAYS_SECONDS);
        return headers;
    }

    private static void echo(List<String> headers, String name, HttpCall call, String asked) {
        String value = call.header(asked);
        if (value != null) {
            headers.add(name);
            headers.add(value);
        }
    }

    /** Adds what a browser needs to let its page see the answer. */
    static void addTo(List<String> headers, HttpCall call) {
        if (call.header("origin") != null) {
            headers.add("Access-Control-Allow-Origin");
            headers.add("*");
            headers.add("Access-Control-Expose-Headers");
            headers.add("x-amzn-RequestId,x-amz-crc32,Date");
        }
    }
}
